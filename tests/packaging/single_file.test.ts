/**
 * The single file, imported unchanged wherever people import it.
 *
 * @module
 */

import { equal } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";

import { Folder, program, SAID, SAYING, SINGLE_FILE } from "./program.ts";

function tool(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}

const DENOS = {
  "Deno 2.5": tool("deno-2.5/node_modules/deno/deno"),
  "the newest Deno": tool("../../node_modules/deno/deno"),
};
const ESBUILD = tool("../../node_modules/esbuild/bin/esbuild");

/** Runs a program to its end; gives what it printed. */
function run(command: string, args: string[], cwd?: string): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
  });
  equal(status, 0, `${command} ${args.join(" ")}: ${stderr}${error ?? ""}`);
  return stdout.trimEnd();
}

/** Offline, with an empty cache and without any permission. */
function deno(path: string, file: string): string {
  using cache = new Folder();
  const { status, stdout, stderr } = spawnSync(
    path,
    ["run", "--no-prompt", "--no-remote", "--no-npm", "--cached-only", file],
    {
      encoding: "utf8",
      env: { DENO_DIR: cache.path, NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" },
    },
  );
  equal(status, 0, stderr);
  equal(stderr, "");
  return stdout.trimEnd();
}

function node(file: string): string {
  return run("node", [file]);
}

/** Every runtime without a screen, by name. */
const RUNTIMES: Record<string, (file: string) => string> = {
  node,
  ...Object.fromEntries(
    Object.entries(DENOS).map((
      [name, path],
    ) => [name, (file: string) => deno(path, file)]),
  ),
};

describe("imported as it is", () => {
  for (const [name, runtime] of Object.entries(RUNTIMES)) {
    it(`in ${name}`, () => {
      using folder = Folder.withProgram();
      equal(runtime(folder.at("main.mjs")), SAID);
    });
  }
});

describe("bundled, and moved to another folder", () => {
  for (const [bundler, path] of Object.entries(DENOS)) {
    it(`by ${bundler}`, () => {
      using source = Folder.withProgram();
      using target = new Folder();
      const out = target.at("bundle.mjs");
      const flags = ["--quiet", "--no-lock", "--platform", "deno", "-o", out];
      run(path, ["bundle", ...flags, "main.mjs"], source.path);
      for (const runtime of Object.values(RUNTIMES)) equal(runtime(out), SAID);
    });
  }

  for (const format of ["esm", "cjs"] as const) {
    for (const platform of ["neutral", "node", "browser"]) {
      it(`by esbuild as ${format} for ${platform}`, () => {
        using source = Folder.withProgram();
        using target = new Folder();
        const out = target.at(format === "esm" ? "bundle.mjs" : "bundle.cjs");
        const flags = [`--format=${format}`, `--platform=${platform}`];
        run(ESBUILD, [
          source.at("main.mjs"),
          "--bundle",
          "--minify",
          "--log-level=warning",
          ...flags,
          `--outfile=${out}`,
        ]);
        for (const runtime of Object.values(RUNTIMES)) {
          equal(runtime(out), SAID);
        }
      });
    }
  }
});

describe("imported from a data: URL", () => {
  const content = readFileSync(SINGLE_FILE).toString("base64");
  const url = `data:application/javascript;base64,${content}`;

  for (const [name, runtime] of Object.entries(RUNTIMES)) {
    it(`statically, in ${name}`, () => {
      using folder = new Folder({ "main.mjs": program(url) });
      equal(runtime(folder.at("main.mjs")), SAID);
    });

    it(`dynamically and again, in ${name}`, () => {
      using folder = new Folder();
      const imports = ["a", "b"].map((tag) =>
        `const ${tag} = await import(${JSON.stringify(`${url}#${tag}`)});
         console.log(((explain) => ${SAYING})(${tag}.explain));`
      );
      writeFileSync(folder.at("main.mjs"), imports.join("\n"));
      equal(runtime(folder.at("main.mjs")), `${SAID}\n${SAID}`);
    });
  }
});

/** What the main thread of an old browser refuses: to block for more than 4 kB of WebAssembly. */
const REFUSING = `
  const small = new WeakSet();
  const refuse = () => { throw new RangeError("too large for the main thread"); };
  WebAssembly.Module = new Proxy(WebAssembly.Module, {
    construct(Module, [bytes]) {
      if (bytes.byteLength > 4096) refuse();
      const module = new Module(bytes);
      small.add(module);
      return module;
    },
  });
  WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
    construct(Instance, [module, imports]) {
      if (!small.has(module)) refuse();
      return new Instance(module, imports);
    },
  });`;

describe("where the main thread must not block", () => {
  for (const [name, runtime] of Object.entries(RUNTIMES)) {
    it(`once it is prepared, in ${name}`, () => {
      using folder = Folder.withProgram();
      writeFileSync(
        folder.at("main.mjs"),
        `${REFUSING}
         const { explain, init } = await import("./credlapse.js");
         console.log(${SAYING});
         await init();
         console.log(${SAYING});`,
      );
      equal(runtime(folder.at("main.mjs")), `undefined\n${SAID}`);
    });
  }
});

describe("in a worker", () => {
  const saying = program("./credlapse.js").replace(
    "console.log",
    "globalThis.postMessage",
  );

  for (const [name, path] of Object.entries(DENOS)) {
    it(`of ${name}`, () => {
      using folder = Folder.withProgram();
      const out = folder.at("worker.mjs");
      writeFileSync(folder.at("main.mjs"), saying);
      run(ESBUILD, [
        folder.at("main.mjs"),
        "--bundle",
        "--format=esm",
        "--log-level=warning",
        `--outfile=${out}`,
      ]);
      const worker = readFileSync(out).toString("base64");
      writeFileSync(
        folder.at("main.mjs"),
        `const worker = new Worker("data:text/javascript;base64,${worker}", { type: "module" });
         worker.onmessage = ({ data }) => { console.log(data); worker.terminate(); };`,
      );
      equal(deno(path, folder.at("main.mjs")), SAID);
    });
  }

  it("thread of node", () => {
    using folder = Folder.withProgram();
    writeFileSync(
      folder.at("start.mjs"),
      `import { Worker } from "node:worker_threads";
       new Worker(new URL("./main.mjs", import.meta.url));`,
    );
    equal(node(folder.at("start.mjs")), SAID);
  });
});
