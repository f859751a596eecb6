import { deepEqual, throws } from "node:assert/strict";
import { describe, it } from "node:test";
import { constants, deflateRawSync } from "node:zlib";

import { inflate } from "../src/inflate.ts";

/** Bytes that repeat themselves now and then, the same at every run. */
function sample(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let state = 1;
  for (let i = 0; i < length; i++) {
    state = Math.imul(state, 1103515245) + 12345 >>> 0;
    const far = state % 30_000;
    bytes[i] = state >>> 16 & 3 || far > i ? state >>> 24 : bytes[i - far];
  }
  return bytes;
}

describe("what zlib has deflated", () => {
  const texts: Record<string, Uint8Array> = {
    "nothing": new Uint8Array(),
    "one byte": Uint8Array.of(255),
    "a long run": new Uint8Array(100_000).fill(65),
    "a mixture": sample(200_000),
    "many blocks": new Uint8Array(
      Array.from({ length: 8 }, (_, i) => [...sample(30_000 + i)]).flat(),
    ),
  };
  const strategies = {
    dynamic: constants.Z_DEFAULT_STRATEGY,
    fixed: constants.Z_FIXED,
    "without matches": constants.Z_HUFFMAN_ONLY,
  };
  for (const [name, bytes] of Object.entries(texts)) {
    for (const level of [0, 1, 9]) {
      for (const [kind, strategy] of Object.entries(strategies)) {
        it(`${name}, level ${level}, ${kind}`, () => {
          const deflated = deflateRawSync(bytes, { level, strategy });
          deepEqual(inflate(deflated, bytes.length), bytes);
        });
      }
    }
  }
});

describe("what is damaged", () => {
  const bytes = sample(5_000);
  const deflated = deflateRawSync(bytes);

  it("is refused where it ends early", () => {
    for (let end = 0; end < deflated.length; end += 7) {
      throws(
        () => inflate(deflated.subarray(0, end), bytes.length),
        RangeError,
      );
    }
  });

  it("is refused where it holds less or more than it should", () => {
    throws(() => inflate(deflated, bytes.length - 1), RangeError);
    throws(() => inflate(deflated, bytes.length + 1), RangeError);
  });

  it("ends, whatever it is", () => {
    for (let seed = 0; seed < 2_000; seed++) {
      const noise = sample(300).subarray(seed % 100);
      noise[0] = seed;
      noise[1] = seed >> 8;
      try {
        inflate(noise, 1_000);
      } catch (error) {
        deepEqual(error instanceof RangeError, true);
      }
    }
  });
});
