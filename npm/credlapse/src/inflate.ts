/**
 * DEFLATE (RFC 1951), backwards.
 *
 * The WebAssembly module stands deflated in the single file: base64 of a plain
 * module stays a third larger whatever compresses it later. The platform's own
 * `DecompressionStream` is asynchronous, and a diagnosis cannot wait.
 *
 * @module
 */

/**
 * The `length` bytes that were deflated to `data`, without a zlib or gzip header.
 *
 * Takes memory for little more than that.
 *
 * @throws {RangeError} where `data` does not hold exactly that many bytes.
 */
export function inflate(
  data: Uint8Array,
  length: number,
): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(length);
  const bits = new Bits(data);
  let to = 0;
  for (let last = 0; last === 0;) {
    last = bits.take(1);
    const kind = bits.take(2);
    if (kind === 0) to = stored(bits, out, to);
    else if (kind === 1) to = coded(bits, out, to, FIXED);
    else if (kind === 2) to = coded(bits, out, to, sizesOf(bits));
    else throw damaged();
  }
  if (to !== length) throw damaged();
  return out;
}

/** Bits of bytes, the lowest first. */
class Bits {
  at = 0;

  constructor(readonly data: Uint8Array) {}

  take(count: number): number {
    const { data, at } = this;
    const byte = at >> 3;
    const bits = data[byte] | data[byte + 1] << 8 | data[byte + 2] << 16;
    this.at = at + count;
    if (this.at > data.length * 8) throw damaged();
    return bits >> (at & 7) & (1 << count) - 1;
  }
}

/** The lengths of the codes of a block; a symbol of length 0 has none. */
interface Sizes {
  readonly literals: Uint8Array;
  readonly distances: Uint8Array;
}

const FIXED: Sizes = {
  literals: new Uint8Array(288).fill(8).fill(9, 144, 256).fill(7, 256, 280),
  distances: new Uint8Array(30).fill(5),
};

/** The order in which a block gives the lengths of its inner code. */
const ORDER = [
  16,
  17,
  18,
  0,
  8,
  7,
  9,
  6,
  10,
  5,
  11,
  4,
  12,
  3,
  13,
  2,
  14,
  1,
  15,
];

const LENGTHS = series(3, 4, 28);
const DISTANCES = series(1, 2, 30);
// The greatest length has a symbol of its own.
LENGTHS.base.push(258);
LENGTHS.more.push(0);

/** Values of `count` symbols: the least that each stands for, and how many bits say which. */
function series(first: number, step: number, count: number) {
  const base: number[] = [];
  const more: number[] = [];
  for (let symbol = 0, value = first; symbol < count; symbol++) {
    base[symbol] = value;
    more[symbol] = Math.max(0, Math.floor(symbol / step) - 1);
    value += 1 << more[symbol];
  }
  return { base, more };
}

function stored(bits: Bits, out: Uint8Array, to: number): number {
  bits.at = bits.at + 7 & ~7;
  const count = bits.take(16);
  bits.take(16);
  const from = bits.at >> 3;
  const bytes = bits.data.subarray(from, from + count);
  if (to + count > out.length) throw damaged();
  out.set(bytes, to);
  bits.at += count * 8;
  return to + bytes.length;
}

function sizesOf(bits: Bits): Sizes {
  const literals = bits.take(5) + 257;
  const sizes = new Uint8Array(literals + bits.take(5) + 1);
  const inner = new Uint8Array(19);
  for (let i = 0, count = bits.take(4) + 4; i < count; i++) {
    inner[ORDER[i]] = bits.take(3);
  }
  const code = codeOf(inner);
  for (let i = 0; i < sizes.length;) {
    const entry = code[peek(bits) & code.length - 1];
    if (entry === 0) throw damaged();
    bits.take(entry & 15);
    const value = entry >> 4;
    if (value < 16) sizes[i++] = value;
    else if (value === 16) sizes.fill(sizes[i - 1], i, i += bits.take(2) + 3);
    else i += value === 17 ? bits.take(3) + 3 : bits.take(7) + 11;
  }
  return {
    literals: sizes.subarray(0, literals),
    distances: sizes.subarray(literals),
  };
}

function peek(bits: Bits): number {
  const { data, at } = bits;
  const byte = at >> 3;
  return (data[byte] | data[byte + 1] << 8 | data[byte + 2] << 16) >> (at & 7);
}

/** Everything is a local variable here: this loop is what the first diagnosis waits for. */
function coded(bits: Bits, out: Uint8Array, to: number, sizes: Sizes): number {
  const literals = codeOf(sizes.literals);
  const distances = codeOf(sizes.distances);
  const { data } = bits;
  const end = data.length * 8;
  let at = bits.at;
  while (at <= end) {
    let byte = at >> 3;
    let next = (data[byte] | data[byte + 1] << 8 | data[byte + 2] << 16) >>
      (at & 7);
    let entry = literals[next & literals.length - 1];
    at += entry & 15;
    const value = entry >> 4;
    if (value < 256) {
      if (entry === 0) break;
      out[to++] = value;
      continue;
    }
    if (value === 256) {
      bits.at = at;
      return to;
    }
    let more = LENGTHS.more[value - 257];
    let count = LENGTHS.base[value - 257];
    if (more > 0) {
      byte = at >> 3;
      next = (data[byte] | data[byte + 1] << 8) >> (at & 7);
      count += next & (1 << more) - 1;
      at += more;
    }
    byte = at >> 3;
    next = (data[byte] | data[byte + 1] << 8 | data[byte + 2] << 16) >>
      (at & 7);
    entry = distances[next & distances.length - 1];
    at += entry & 15;
    more = DISTANCES.more[entry >> 4];
    byte = at >> 3;
    next = (data[byte] | data[byte + 1] << 8 | data[byte + 2] << 16) >>
      (at & 7);
    at += more;
    let from = to - DISTANCES.base[entry >> 4] - (next & (1 << more) - 1);
    if (entry === 0 || !(from >= 0) || to + count > out.length) break;
    while (count-- > 0) out[to++] = out[from++];
  }
  throw damaged();
}

/** The canonical code with these lengths: by its next bits, each symbol and its length. */
function codeOf(sizes: Uint8Array): Uint16Array {
  const counts = new Uint16Array(16);
  for (let i = 0; i < sizes.length; i++) counts[sizes[i]]++;
  let longest = 15;
  while (longest > 1 && counts[longest] === 0) longest--;
  const next = new Uint16Array(16);
  for (let size = 1; size < longest; size++) {
    next[size + 1] = next[size] + counts[size] << 1;
  }
  const code = new Uint16Array(1 << longest);
  for (let symbol = 0; symbol < sizes.length; symbol++) {
    const size = sizes[symbol];
    if (size === 0) continue;
    // Codes come highest bit first, all else lowest.
    let reversed = 0;
    for (let bits = next[size]++, i = 0; i < size; i++, bits >>= 1) {
      reversed = reversed << 1 | bits & 1;
    }
    for (let i = reversed; i < code.length; i += 1 << size) {
      code[i] = symbol << 4 | size;
    }
  }
  return code;
}

function damaged(): RangeError {
  return new RangeError("the deflated data is damaged");
}
