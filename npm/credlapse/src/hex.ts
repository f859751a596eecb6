/**
 * Hexadecimal digits, backwards.
 *
 * @module
 */

/** The bytes that pairs of digits stand for. */
export function decode(hex: string): Uint8Array<ArrayBuffer> {
  return (Uint8Array as Hex).fromHex?.(hex) ??
    Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

/** Not in Node 20. */
interface Hex {
  fromHex?(hex: string): Uint8Array<ArrayBuffer>;
}
