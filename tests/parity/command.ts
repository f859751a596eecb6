/**
 * The command of the npm package gives what the command written in Rust gives.
 *
 * @module
 */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { Buffer } from "node:buffer";
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";
import { after, test } from "node:test";
import { setImmediate } from "node:timers/promises";

import { KINDS } from "../../npm/credlapse/src/kinds.ts";
import { cases, texts } from "./corpus.ts";

const RUST = process.env.CREDLAPSE_BIN ?? "";
const NODE = join(
  process.env.CREDLAPSE_PACKAGES ?? "",
  "credlapse/dist/command.cjs",
);

const home = mkdtempSync(join(tmpdir(), "credlapse-command-"));
after(() => rmSync(home, { recursive: true }));
mkdirSync(join(home, ".aws/sso/cache"), { recursive: true });
writeFileSync(
  join(home, ".aws/config"),
  "[profile dev]\nsso_start_url = https://example.awsapps.com/start\n" +
    "sso_region = eu-west-1\nsso_account_id = 111122223333\nsso_role_name = Dev\n",
);

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(
  program: string,
  args: readonly string[],
  input: string | Uint8Array,
  env: Record<string, string>,
): Ended {
  const { PATH = "", NODE_PATH = "" } = process.env;
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: home,
    input,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    env: { PATH, NODE_PATH, HOME: home, USERPROFILE: home, ...env },
  });
  return { status, stdout, stderr };
}

/** What all give, after it was found to be the same: Rust, and Node.js with the addon and without. */
function same(
  args: readonly string[],
  input: string | Uint8Array = "",
  env: Record<string, string> = {},
  verb: "explain" | "check" = "explain",
): Ended {
  const rust = run(RUST, [verb, ...args], input, env);
  const isForPeople = !args.some((word) =>
    /^(json|--ndjson|--kind(=.*)?)$/.test(word)
  );
  const more = verb === "explain" && isForPeople ? ["--no-tee"] : [];
  const [native, wasm] = ["0", "1"].map((CREDLAPSE_FORCE_WASM) => {
    const all = [NODE, verb, ...more, ...args];
    const node = run(process.execPath, all, input, {
      CREDLAPSE_FORCE_WASM,
      ...env,
    });
    equal(timeless(node.stdout), timeless(rust.stdout));
    equal(node.status, rust.status, node.stderr);
    // Of bad usage each tells in its own way.
    if (node.status !== 2) equal(timeless(node.stderr), timeless(rust.stderr));
    return node;
  });
  ok(native && wasm);
  return native;
}

/** Two processes look at two times. */
function timeless(text: string): string {
  return text.replace(
    /\d+ (?:d|h|min|s)\b(?: \d+ (?:h|min)\b)?|\d\d:\d\d:\d\dZ|_seconds":\d+/g,
    "0",
  );
}

/** Every case as a file: what was printed, and JavaScript errors as `JSON.stringify` leaves them. */
function corpus(): string[] {
  const inputs = [
    ...texts(),
    ...cases().map(({ id, thrown }) => {
      const { __shape, ...members } = thrown;
      return { id, text: JSON.stringify(members) };
    }),
  ];
  return inputs.map(({ id, text }) => {
    writeFileSync(join(home, id), text);
    return id;
  });
}

test("every case of the corpus, for people and for programs", () => {
  const files = corpus();
  ok(files.length > 1_190);
  const { stdout } = same(["--no-local", ...files]);
  ok(stdout.split("\n").length > 3_000);
  const { stdout: lines } = same(["--no-local", "--format", "json", ...files]);
  equal(lines.trimEnd().split("\n").length, files.length);
});

const EXPIRED =
  "An error occurred (ExpiredToken) when calling the PutObject operation: The provided token has expired.\n";
const SSO =
  "Error when retrieving token from sso: Token has expired and refresh failed\n";
const VAGUE = "Unable to locate credentials\n";

test("options, exit tables and the files of the machine", () => {
  equal(same([], EXPIRED).status, 10);
  equal(same(["--exit-table", "rc"], EXPIRED).status, 4);
  equal(same(["--exit-table", "sysexits"], EXPIRED).status, 75);
  equal(same(["--exit-table", "cli-agent-spec-2026-07"], EXPIRED).status, 8);
  equal(same(["--format", "json", "--exit-table", "rc"], EXPIRED).status, 4);
  equal(same([], "nothing of interest\n").status, 0);
  equal(same(["--format", "json"], "").status, 0);

  const args = ["--profile", "dev", "--subject", "Deploy"];
  const { stdout } = same(args, SSO);
  match(
    stdout,
    /^Deploy session expired: .*\n {2}Run: aws sso login --profile dev /,
  );
  match(same([], VAGUE, { AWS_PROFILE: "dev" }).stdout, /SSO/);
  same(["--no-local"], VAGUE, { AWS_PROFILE: "dev" });
  same([], VAGUE, { AWS_PROFILE: "nope" });
  same(["--shell", "cmd", "--profile", "a b"], SSO);
  const secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
  const leak = `${EXPIRED.trim()} ${secret}\n`;
  const env = { AWS_SECRET_ACCESS_KEY: secret };
  ok(!same([], leak, env).stdout.includes(secret));
});

test("exit tables from files", () => {
  const table = (name: string, content: string) => {
    writeFileSync(join(home, name), content);
    return ["--exit-table", name];
  };
  const json = table("own.json", `{"CREDENTIALS_EXPIRED": 77, "base": "rc"}`);
  equal(same(json, EXPIRED).status, 77);
  equal(same(["--format", "json", ...json], VAGUE).status, 4);
  const toml = table(
    "own.toml",
    "# ours\nCREDENTIALS_EXPIRED = 20 # all\n\n" +
      '"session_token_expired" = 21\nbase = "sysexits"\n',
  );
  equal(same(toml, EXPIRED).status, 21);
  equal(same(toml, SSO).status, 20);
  equal(same(toml, VAGUE).status, 78);
  equal(same(json, "", {}, "check").status, 4);
  for (
    const wrong of [
      table("wrong.json", `{"CREDENTIALS_EXPIRED": 256}`),
      table("wrong.json", `{"CREDENTIALS_EXPIRED": "1"}`),
      table("wrong.json", `{"NO_SUCH_CODE": 1}`),
      table("wrong.json", `{"base": "nope"}`),
      table("wrong.json", "{"),
      table("wrong.toml", "CREDENTIALS_EXPIRED: 7"),
      table("wrong.toml", "CLOCK_SKEW = 7\nCLOCK_SKEW = 8"),
      table("own.yaml", "CREDENTIALS_EXPIRED: 7"),
      ["--exit-table", "absent.json"],
    ]
  ) {
    equal(same(wrong, EXPIRED).status, 2);
  }
});

test("colour, where it is asked for", () => {
  writeFileSync(join(home, "expired.txt"), EXPIRED);
  const forced = { CLICOLOR_FORCE: "1" };
  ok(same([], SSO, forced).stdout.includes("\x1b[1m\x1b[31m"));
  same(["--no-local", "expired.txt", "expired.txt"], "", forced);
  const plain: Record<string, string>[] = [
    { ...forced, NO_COLOR: "1" },
    { CLICOLOR_FORCE: "" },
    { CLICOLOR: "1", TERM: "xterm" },
  ];
  for (const env of plain) {
    ok(!same([], SSO, env).stdout.includes("\x1b"));
  }
  same(["--format", "json"], SSO, forced);
  ok(same([], "", forced, "check").stdout.startsWith("\x1b[1m\x1b[31m"));
});

test("what fails within it is one line, without the source", () => {
  const alone = join(home, "command.cjs");
  copyFileSync(NODE, alone);
  copyFileSync(
    join(NODE, "../command_wasm.cjs"),
    join(home, "command_wasm.cjs"),
  );
  const env = { CREDLAPSE_FORCE_WASM: "1" };
  const { status, stdout, stderr } = run(
    process.execPath,
    [alone, "explain"],
    "",
    env,
  );
  deepEqual([status, stdout], [70, ""]);
  match(stderr, /^error: internal failure: Error: ENOENT.*command\.wasm'\n$/);
});

test("files that cannot be read, and bad usage", () => {
  writeFileSync(join(home, "expired.txt"), EXPIRED);
  writeFileSync(join(home, "log.gz"), Uint8Array.of(0x1f, 0x8b, 8, 0));
  equal(same(["absent.txt"]).status, 66);
  equal(same(["--format", "json", "absent.txt"]).status, 66);
  equal(same(["--format", "json", "log.gz"]).status, 66);
  writeFileSync(join(home, "tool"), "\x7fELF\x02\x01\x01\0\0\x03\x01\x02\x04");
  match(same(["tool", "log.gz", "."]).stderr, /it is binary, not text/);
  equal(same(["absent.txt", "expired.txt"]).status, 10);
  equal(same(["expired.txt", "-"], SSO).status, 10);
  for (const args of [["--format", "xml"], ["--nope"], ["--exit-table", "x"]]) {
    equal(same(args).status, 2);
  }
});

test("usage: what is typed twice, and who asks for help or the version", () => {
  const usages: [status: number, ...args: string[]][] = [
    [2, "explain", "-v", "-v"],
    [2, "explain", "-vv"],
    [2, "explain", "--profile", "a", "--profile", "b"],
    [2, "explain", "--format", "json", "--format=json"],
    [2, "check", "--online", "--online"],
    [2, "check", "--region", "a", "--region", "a"],
    [2, "explain", "--profile", "a", "--profile", "b", "--help"],
    [0, "explain", "--help", "-v", "-v"],
    [0, "explain", "-hV", "--nope"],
    [2, "explain", "--nope", "-h"],
    [2, "explain", "--profile", "-h"],
    [2, "explain", "--help=1"],
    [66, "explain", "--", "-h"],
    [2, "check", "file", "-h"],
    [0, "explain", "-V"],
    [0, "explain", "-vV"],
    [0, "check", "--version"],
    [2, "check", "--nope", "-V"],
    [0, "-V", "--nope"],
    [0, "-Vh"],
    [0, "--help", "--nope"],
    [2, "-x"],
    [2, "--nope"],
    [2],
    [0, "help"],
    [0, "help", "help"],
    [0, "help", "explain"],
    [0, "help", "check"],
    [2, "help", "nope"],
    [2, "help", "-h"],
    [2, "help", "explain", "check"],
    [66, "explain", "help"],
  ];
  for (const [status, ...args] of usages) {
    const rust = run(RUST, args, "", {});
    const node = run(process.execPath, [NODE, ...args], "", {});
    deepEqual([rust.status, node.status], [status, status], args.join(" "));
    equal(node.stdout === "", rust.stdout === "", args.join(" "));
    equal(node.stderr === "", rust.stderr === "", args.join(" "));
    if (rust.stdout.split("\n").length === 2) equal(node.stdout, rust.stdout);
  }
});

const FULL = "/dev/full";

test("a disk that is full", { skip: !existsSync(FULL) }, () => {
  const { PATH = "", NODE_PATH = "" } = process.env;
  const full = openSync(FULL, "w");
  after(() => closeSync(full));
  const run = (program: string, args: readonly string[]) => {
    const { status, stderr } = spawnSync(program, args, {
      cwd: home,
      input: EXPIRED,
      encoding: "utf8",
      stdio: ["pipe", full, "pipe"],
      env: { PATH, NODE_PATH, HOME: home },
    });
    return { status, stderr };
  };
  for (
    const [status, ...args] of [
      [74, "explain", "--format", "json"],
      [74, "explain", "--ndjson"],
      [74, "explain", "--kind", "clock_skew"],
      [74, "check"],
      [74, "check", "--watch", "--every", "20ms"],
      [0, "explain", "--help"],
      [0, "check", "-V"],
      [0, "help"],
      [0, "--version"],
    ] as const
  ) {
    const rust = run(RUST, args);
    equal(rust.status, status);
    deepEqual(run(process.execPath, [NODE, ...args]), rust);
  }
  const error = "error: cannot write the answer: .* \\(os error 28\\)\n";
  const explain = [NODE, "explain", "--no-local"];
  const answer = run(process.execPath, [...explain, "--no-tee"]);
  equal(answer.status, 74);
  match(answer.stderr, new RegExp(`^${error}$`));
  // What was to pass is lost, the answer is not.
  const { status, stderr } = run(process.execPath, explain);
  equal(status, 74);
  match(stderr, new RegExp(`^${error}AWS session expired: .*\n.*\n.*\n$`));
});

test("UTF-16, which Windows PowerShell writes, and text that is not UTF-8", () => {
  for (const mark of ["\ufeff", ""]) {
    equal(same([], `${mark}${EXPIRED}`).status, 10);
  }
  const little = new Uint8Array(Buffer.from(`\ufeff${EXPIRED}`, "utf16le"));
  equal(same([], little).status, 10);
  const big = little.slice();
  for (let at = 0; at < big.length; at += 2) big.subarray(at, at + 2).reverse();
  equal(same([], big).status, 10);
  equal(same([], Buffer.from(`caf\xe9 ${EXPIRED}`, "latin1")).status, 10);
});

test("a pipe: the input goes through as it comes, the three parts come last", async () => {
  const { PATH = "", NODE_PATH = "" } = process.env;
  const child = spawn(process.execPath, [NODE, "explain", "--no-local"], {
    env: { PATH, NODE_PATH },
  });
  let stdout = "";
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text) => stderr += text);
  child.stdout.setEncoding("utf8").on("data", (text) => stdout += text);
  child.stdin.write("building\n");
  while (stdout !== "building\n") await once(child.stdout, "data");
  equal(stderr, "");
  child.stdin.end(EXPIRED);
  const [status] = await once(child, "close");
  equal(status, 10);
  equal(stdout, `building\n${EXPIRED}`);
  match(stderr, /^AWS session expired: .*\n {2}Get .*\n {2}\(.*\)\n$/);
});

test("a pipe whose reader has gone is read to its end", async () => {
  const { PATH = "", NODE_PATH = "" } = process.env;
  const child = spawn(process.execPath, [NODE, "explain", "--no-local"], {
    env: { PATH, NODE_PATH },
  });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text) => stderr += text);
  child.stdout.destroy();
  for (let line = 0; line < 1_000; line++) {
    child.stdin.write(`${"building ".repeat(100)}\n`);
  }
  child.stdin.end(EXPIRED);
  const [status] = await once(child, "close");
  equal(status, 10);
  match(stderr, /^AWS session expired: /);
});

test("a pipe whose reader is slow: all goes through, and nothing else is said", async () => {
  const { PATH = "", NODE_PATH = "" } = process.env;
  const child = spawn(process.execPath, [NODE, "explain", "--no-local"], {
    env: { PATH, NODE_PATH },
  });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text) => stderr += text);
  const closed = once(child, "close");
  const input = Buffer.from("building\n".repeat(1_000_000) + EXPIRED);
  child.stdin.end(input);
  const pieces: Uint8Array[] = [];
  for await (const piece of child.stdout) {
    pieces.push(piece);
    // Others have their turn before more is read.
    await setImmediate();
  }
  const [status] = await closed;
  equal(status, 10);
  ok(Buffer.concat(pieces).equals(input));
  match(stderr, /^AWS session expired: .*\n {2}Get .*\n {2}\(.*\)\n$/);
});

test("a large input, wherever the failure stands in it", () => {
  const filler = "INFO nothing happened here\n".repeat(100_000);
  for (
    const input of [
      `${filler}${filler}${EXPIRED}`,
      `${EXPIRED}${filler}${filler}`,
      `${filler}${EXPIRED}${filler}`,
      `${filler}${"x".repeat(100_000)}${EXPIRED}${filler}`,
    ]
  ) {
    equal(same(["--no-local"], input).status, 10);
  }
  const wide = Buffer.from(`\ufeff${filler}${EXPIRED}${filler}`, "utf16le");
  equal(same(["--no-local", "-v"], new Uint8Array(wide)).status, 10);
});

test("reasons: what was read, which rule decided, and why no other", () => {
  const files = corpus().slice(0, 400);
  const { stdout } = same(["--no-local", "--verbose", ...files]);
  match(stdout, /^Decided:\n {2}/m);
  match(same(["-v"], VAGUE, { AWS_PROFILE: "dev" }).stdout, /settled by: /);
  same(["-v"], SSO, { CLICOLOR_FORCE: "1" });
});

test("annotations of GitHub Actions", () => {
  const args = ["--format", "github"];
  match(same(args, EXPIRED).stdout, /^::error title=AWS session expired%3A /);
  equal(same(args, "nothing of interest\n").stdout, "");
  const { stdout } = same(args, "", { AWS_PROFILE: "nope" }, "check");
  match(stdout, /^::error title=/);
  equal(same(args, "", { AWS_PROFILE: "dev" }, "check").status, 8);
});

test("the page on each kind", () => {
  for (const kind of KINDS) {
    match(same(["--kind", kind]).stdout, new RegExp(`^# ${kind}\n`));
  }
  equal(same(["--kind", "no_such_kind"]).status, 2);
  equal(same(["--kind", "clock_skew", "--no-local"]).status, 2);
  equal(same(["--kind=clock_skew", "log"]).status, 2);
});

test("many failures, one a line", () => {
  const lines = [
    ...texts().slice(0, 300).map((question) => JSON.stringify(question)),
    ...cases().slice(0, 100).map(({ id, thrown: { __shape, ...error } }) =>
      JSON.stringify({ id, error })
    ),
    JSON.stringify({
      id: ["any", 1.50],
      text: VAGUE,
      context: {
        profile: "dev",
        subject: "Deploy",
        now: "2026-11-21T14:02:07Z",
        env: { HOME: "/home/of/nobody" },
        home_files: { ".aws/config": "[profile dev]\nregion = eu-west-1\n" },
      },
    }),
    "",
    "no JSON",
    '{"id": 7}',
    '{"id": 8, "text": 5}',
    '{"text": "\\ud800", "context": {"now": "yesterday"}}',
  ];
  const { status, stdout } = same(["--ndjson"], lines.join("\n"));
  equal(stdout.trimEnd().split("\n").length, lines.length);
  ok(status === 8 || status === 10);
  equal(same(["--ndjson", "--no-local"], "no JSON\n").status, 65);
  equal(same(["--ndjson", "absent.ndjson"]).status, 66);
  equal(same(["--ndjson", "--format", "json"]).status, 2);
  const table = ["--ndjson", "--exit-table", "rc", "--no-local"];
  equal(same(table, JSON.stringify({ text: EXPIRED })).status, 4);
});

test("who asks line by line is answered line by line", async () => {
  const { PATH = "", NODE_PATH = "" } = process.env;
  const args = [NODE, "explain", "--ndjson", "--no-local"];
  const child = spawn(process.execPath, args, { env: { PATH, NODE_PATH } });
  const answers = createInterface(child.stdout)[Symbol.asyncIterator]();
  for (const id of [1, 2, 3]) {
    child.stdin.write(`${JSON.stringify({ id, text: EXPIRED })}\n`);
    const { value = "" } = await answers.next();
    equal(JSON.parse(value).id, id);
  }
  child.stdin.end();
  const [status] = await once(child, "close");
  equal(status, 10);
});

test("check: machines that are not as they should be", () => {
  const odd = mkdtempSync(join(tmpdir(), "credlapse-odd-"));
  after(() => rmSync(odd, { recursive: true }));
  mkdirSync(join(odd, ".aws"));
  const check = (config: string, env: Record<string, string> = {}) => {
    writeFileSync(join(odd, ".aws/config"), config, "latin1");
    const all = { HOME: odd, USERPROFILE: odd, AWS_PROFILE: "dev", ...env };
    for (const format of ["human", "json", "github"]) {
      const { status } = same(["--format", format], "", all, "check");
      equal(status, 8);
    }
  };
  const sso = "sso_account_id = 111122223333\nsso_role_name = Dev\n";
  for (
    const config of [
      "",
      "\xff\xfe[profile dev",
      "[profile dev]\nneither\n",
      `[profile dev]\nsso_session = gone\n${sso}`,
      `[profile dev]\nsso_session = s\n[sso-session s]\nsso_region = x\n`,
      "[profile dev]\nrole_arn = arn:aws:iam::1:role/x\nsource_profile = gone\n",
      "[profile dev]\nrole_arn = arn:aws:iam::1:role/x\nsource_profile = dev\n",
      "[profile dev]\nrole_arn = arn:aws:iam::1:role/x\ncredential_source = Moon\n",
      "[profile dev]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n",
    ]
  ) {
    check(config);
  }
  const hostile = "a b$(touch x);\"'\x1b[31m\n";
  check(`[profile "dev"]\n`, { AWS_PROFILE: hostile });
  check("", { AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE" });
  check("", { AWS_CONFIG_FILE: "/dev/zero" });
  check("", { HOME: "", USERPROFILE: "" });
  check("", { HOME: "/of/nobody", USERPROFILE: "/of/nobody" });
  // A folder where a file should be is no file whose permissions matter.
  mkdirSync(join(odd, ".aws/credentials"));
  check("[profile dev]\n");
});

test("check --watch: a line when something changes", async () => {
  const folder = mkdtempSync(join(tmpdir(), "credlapse-watch-"));
  after(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, ".aws"));
  const config = join(folder, ".aws/config");
  const { PATH = "", NODE_PATH = "" } = process.env;
  for (
    const [program, args, CREDLAPSE_FORCE_WASM] of [
      [RUST, [], "0"],
      [process.execPath, [NODE], "0"],
      [process.execPath, [NODE], "1"],
    ] as const
  ) {
    writeFileSync(config, "[profile dev]\n");
    const child = spawn(
      program,
      [...args, "check", "--watch", "--every", "20ms", "--format", "json"],
      {
        cwd: folder,
        env: {
          PATH,
          NODE_PATH,
          HOME: folder,
          AWS_PROFILE: "dev",
          CREDLAPSE_FORCE_WASM,
        },
      },
    );
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    const told = async () => {
      const { value = "" } = await lines.next();
      return JSON.parse(value);
    };
    equal((await told()).source, null);
    const keys = "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\n" +
      "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n";
    // At once, or one look sees half of it.
    writeFileSync(`${config}.new`, `[profile dev]\n${keys}`);
    renameSync(`${config}.new`, config);
    equal((await told()).source, "static_profile");
    child.kill();
    await once(child, "close");
  }
});

test("an error as JSON, in the shapes in which programs log it", () => {
  for (
    const error of [
      { name: "Error", message: EXPIRED },
      { name: "ExpiredToken", $metadata: { httpStatusCode: 400 } },
      {
        code: "CredentialsError",
        message: "Missing credentials in config",
        originalError: { message: "Profile nope not found" },
      },
      { name: 403, message: "UnknownError", constructor: "S3ServiceException" },
      {
        code: "AccessDenied",
        service: "S3",
        operation: "PutObject",
        statusCode: 403,
      },
      {
        name: "RequestTimeTooSkewed",
        ServerTime: "2020-01-01T00:00:00Z",
        $response: { headers: { date: "Wed, 01 Jan 2020 00:00:00 GMT" } },
        $metadata: { httpStatusCode: 403 },
      },
      {
        name: "S3ServiceException",
        $response: { headers: { date: "Wed, 01 Jan 2020 00:00:00 GMT" } },
        $metadata: { httpStatusCode: 403 },
      },
      { nothing: 1 },
    ]
  ) {
    same(["--format", "json"], JSON.stringify(error));
  }
});

test("check: what is known before a deploy", () => {
  const check = (args: readonly string[], env: Record<string, string> = {}) =>
    same(args, "", env, "check");
  const soon = new Date(Date.now() + 20 * 60_000).toISOString();
  const name = createHash("sha1").update("https://example.awsapps.com/start");
  writeFileSync(
    join(home, `.aws/sso/cache/${name.digest("hex")}.json`),
    JSON.stringify({ accessToken: "token", expiresAt: soon }),
  );
  writeFileSync(
    join(home, "cdk.context.json"),
    JSON.stringify({ "hosted-zone:account=999999999999:region=x": {} }),
  );
  writeFileSync(
    join(home, "package.json"),
    '{"dependencies": {"aws-sdk": "2"}}',
  );
  const dev = { AWS_PROFILE: "dev", AWS_REGION: "eu-west-1" };
  const expectations = [
    [],
    ["--account", "111122223333"],
    ["--account", "999999999999"],
    ["--region", "us-east-1"],
    ["--min-remaining", "10m"],
    ["--min-remaining", "1h 30m", "--subject", "Deploy"],
    ["--profile", "nope"],
    ["--min-remaining", "1h", "--exit-table", "rc"],
    ["--cdk-context", "absent.json"],
  ];
  const statuses = expectations.flatMap((expectation) =>
    [[], ["--format", "json"]].map((format) =>
      check([...expectation, ...format], dev).status
    )
  );
  deepEqual(new Set(statuses), new Set([0, 4, 8, 10]));

  const stale = {
    ...dev,
    AWS_ACCESS_KEY_ID: "ASIAIOSFODNN7EXAMPLE",
    AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    AWS_SESSION_TOKEN: "a-token-that-is-never-shown",
    AWS_CREDENTIAL_EXPIRATION: "2020-01-01T00:00:00Z",
  };
  ok(!check(["--format", "json"], stale).stdout.includes("never-shown"));
  check([], { ...dev, TZ: "America/St_Johns" });
  check([]);
  equal(check(["--account", "1"]).status, 2);
  equal(check(["--min-remaining", "soon"]).status, 2);
});
