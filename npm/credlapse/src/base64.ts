/**
 * Base64, backwards.
 *
 * @module
 */

/** The bytes that `base64` stands for. */
export function decode(base64: string): Uint8Array<ArrayBuffer> {
  const { fromBase64 } = Uint8Array as Base64;
  if (fromBase64 !== undefined) return fromBase64(base64);
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** Not in Node 20. */
interface Base64 {
  fromBase64?(base64: string): Uint8Array<ArrayBuffer>;
}
