import { ok, throws } from "node:assert/strict";
import { describe, it } from "node:test";

import * as packed from "../src/generated/diagnose_bytes.ts";
import { compile } from "../src/module.ts";

/** What the generated JavaScript calls, and nothing else does. */
interface Raw {
  readonly memory: WebAssembly.Memory;
  __wbindgen_malloc(size: number, align: number): number;
  __wbindgen_realloc(
    at: number,
    old: number,
    size: number,
    align: number,
  ): number;
  exitCode(code: number, length: number, table: number, size: number): number;
}

function raw(): Raw {
  const imports = {
    "./module_bg.js": { __wbindgen_init_externref_table() {} },
  };
  const { exports } = new WebAssembly.Instance(compile(packed), imports);
  return exports as unknown as Raw;
}

describe("the memory of the module", () => {
  it("is taken back after each call", () => {
    const core = raw();
    const size = 1_000_000;
    const call = () => {
      const code = core.__wbindgen_malloc(size, 1);
      const table = core.__wbindgen_malloc(size, 1);
      core.exitCode(code, size, table, size);
      return code;
    };
    const first = call();
    const { byteLength } = core.memory.buffer;
    for (let i = 0; i < 100; i++) ok(call() === first);
    ok(core.memory.buffer.byteLength === byteLength);
  });

  it("ends where addresses do", () => {
    const most = 2 ** 31 - 1;
    throws(() => {
      const core = raw();
      core.__wbindgen_malloc(most, 1);
      core.__wbindgen_malloc(most, 1);
    }, WebAssembly.RuntimeError);
    throws(() => {
      const core = raw();
      core.__wbindgen_malloc(most, 1);
      const last = core.__wbindgen_malloc(1, 1);
      core.__wbindgen_realloc(last, 1, most, 1);
    }, WebAssembly.RuntimeError);
  });
});
