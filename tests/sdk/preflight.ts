/**
 * `preflight` before a deploy, against a local AWS, natively and as WebAssembly.
 *
 * @module
 */

import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { execFile } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import type { Preflight } from "../../npm/credlapse/src/preflight.ts";
import type { Sim, Variables } from "../aws-sim/client.ts";
import { projectWithSdks } from "./project.ts";
import { simulated } from "./simulated.ts";

/** A project that has the SDKs. */
const folder = projectWithSdks();

/** The packages away from this repository: above them stands no SDK. */
const packages = mkdtempSync(join(tmpdir(), "credlapse-packages-"));
after(() => rmSync(packages, { recursive: true }));
cpSync(process.env.CREDLAPSE_PACKAGES ?? "", packages, { recursive: true });

/** What `preflight` gives in a process with these variables: the same in both ways. */
async function preflight(
  env: Variables,
  options: object | string = {},
  client = "v3",
  cwd = folder,
): Promise<Preflight> {
  const { PATH = "" } = process.env;
  const script = fileURLToPath(
    new URL("call_preflight.mjs", import.meta.url),
  );
  const source = typeof options === "string"
    ? options
    : JSON.stringify(options);
  const [native, wasm] = await Promise.all(["0", "1"].map(async (forced) => {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["--no-warnings", script, client, source],
      {
        cwd,
        env: {
          PATH,
          CREDLAPSE_PACKAGES: packages,
          // Where the library finds the addon.
          NODE_PATH: packages,
          CREDLAPSE_FORCE_WASM: forced,
          AWS_SDK_LOAD_CONFIG: "1",
          ...env,
        },
      },
    );
    return JSON.parse(stdout) as Preflight;
  }));
  ok(native && wasm);
  deepEqual(timeless(wasm), timeless(native));
  return native;
}

/** Two processes look at two times. */
function timeless(found: Preflight): object {
  const told = JSON.stringify(
    found,
    (name, value) =>
      name === "remainingSeconds" || name === "checkedAt" ||
        name === "clockOffsetSeconds" || name === "requestId"
        ? null
        : value,
  );
  // Of 8 h the other may see 7 h 59 min.
  const spans = /\d+ (?:d|h|min|s)\b(?: \d+ (?:h|min)\b)?/g;
  // STS repeats when each request was signed and when it came.
  const stamps = /\b\d{8}T\d{6}Z\b/g;
  // An SDK names the session of a role by the time.
  const names = /\baws-sdk-js-\d+/g;
  return JSON.parse(
    told.replace(spans, "0 s").replace(stamps, "0Z").replace(names, "me"),
  );
}

const ACCOUNT = "123456789012";

for (const client of ["v3", "v2"] as const) {
  simulated(`good credentials: STS says who it is (${client})`, async (sim) => {
    const found = await preflight(
      sim.withProfile("static"),
      { account: ACCOUNT, region: "us-east-1" },
      client,
    );
    equal(found.ok, true, found.text);
    equal(found.exitCode, 0);
    equal(found.online, true);
    equal(found.account, ACCOUNT);
    equal(found.diagnosis, undefined);
    match(found.message, /^The AWS credentials of profile 'static' work: /);
  });
}

simulated(
  "without a client, the SDK of the project is asked, if it has one",
  async (sim) => {
    const env = sim.withProfile("static");
    const asked = await preflight(env, { profile: "sso" }, "none");
    equal(asked.ok, true, asked.text);
    equal(asked.online, true);
    match(asked.arn ?? "", /AWSReservedSSO_Dev/);

    await sim.clearRequests();
    const local = await preflight(env, {}, "none", tmpdir());
    equal(local.ok, true, local.text);
    equal(local.online, false);
    deepEqual(await sim.requests(), []);
  },
);

simulated(
  "a client that cannot be asked is told what to pass, without a word on the network",
  async (sim) => {
    for (const client of ["sends", "a text"]) {
      const found = await preflight(
        sim.withProfile("static"),
        {},
        client,
        tmpdir(),
      );
      equal(found.ok, false);
      equal(found.exitCode, 8);
      equal(found.online, false);
      equal(found.findings[0]?.code, "invalid_expectation");
      match(found.message, /`client` is not one that can ask STS\.$/);
      match(found.text, /Pass an `STS` of the SDK/);
      doesNotMatch(found.text, /network/);
    }
    deepEqual(await sim.requests(), []);
  },
);

/** Ways to bundle for Node.js in which the SDK runs. */
const BUNDLES = {
  cjs: ["--format=cjs"],
  mjs: ["--format=esm", "--main-fields=module,main"],
};

for (const [extension, options] of Object.entries(BUNDLES)) {
  for (const client of ["new STS({})", "new STSClient({})", "undefined"]) {
    simulated(
      `bundled with ${client} and moved away from all packages: ${extension}`,
      async (sim) => {
        const project = mkdtempSync(join(tmpdir(), "credlapse-bundled-"));
        const away = mkdtempSync(join(tmpdir(), "credlapse-away-"));
        try {
          const modules = join(project, "node_modules");
          mkdirSync(modules);
          // Not as a link: a bundler looks for the SDK from where the files are.
          cpSync(join(packages, "credlapse"), join(modules, "credlapse"), {
            recursive: true,
          });
          symlinkSync(
            join(folder, "node_modules/@aws-sdk"),
            join(modules, "@aws-sdk"),
          );
          const source = join(project, "deploy.mjs");
          writeFileSync(
            source,
            `import { STS, STSClient } from "@aws-sdk/client-sts";
import { preflight } from "credlapse";
const found = preflight({ client: ${client}, account: "${ACCOUNT}" });
found.then((found) => console.log(JSON.stringify(found)));`,
          );
          const file = join(away, `deploy.${extension}`);
          const esbuild = join(folder, "node_modules/.bin/esbuild");
          const shared = ["--bundle", "--platform=node", "--log-level=error"];
          await promisify(execFile)(esbuild, [
            source,
            ...shared,
            ...options,
            `--outfile=${file}`,
          ]);
          const { stdout } = await promisify(execFile)(
            process.execPath,
            ["--no-warnings", file],
            { cwd: away, env: sim.withProfile("static") },
          );
          const found = JSON.parse(stdout) as Preflight;
          equal(found.ok, true, found.text);
          equal(found.online, true);
          equal(found.account, ACCOUNT);
        } finally {
          rmSync(project, { recursive: true });
          rmSync(away, { recursive: true });
        }
      },
    );
  }
}

simulated("offline: nothing is sent", async (sim) => {
  const options = { offline: true, minRemaining: 60 };
  const found = await preflight(sim.withProfile("sso"), options);
  equal(found.ok, true, found.text);
  equal(found.source, "sso");
  ok(found.remainingSeconds !== null && found.remainingSeconds > 60);
  deepEqual(await sim.requests(), []);
});

simulated("an expired session fails, then a login repairs it", async (sim) => {
  await sim.expire({ sso: { session: "legacy" } });
  const env = sim.withProfile("sso-legacy");
  const options = { subject: "Deploy" };
  const found = await preflight(env, options);
  equal(found.ok, false);
  equal(found.exitCode, 10);
  equal(found.diagnosis?.kind, "sso_session_expired");
  equal(found.reauthCommand, "aws sso login --profile sso-legacy");
  match(found.text, /^Deploy session expired: .*\n {2}Run: aws sso login /);

  await sim.login("legacy");
  const repaired = await preflight(env, options);
  equal(repaired.ok, true, repaired.text);
  equal(repaired.online, true);
});

simulated(
  "a session that ends too soon is told before it hurts",
  async (sim) => {
    await sim.expire({ sso: { session: "legacy" } }, 600);
    const env = sim.withProfile("sso-legacy");
    equal((await preflight(env, { minRemaining: 300 })).ok, true);
    const found = await preflight(env, { minRemaining: 1800 });
    equal(found.ok, false);
    equal(found.exitCode, 10);
    equal(found.findings[0]?.code, "ends_too_soon");
    equal(found.reauthCommand, "aws sso login --profile sso-legacy");
  },
);

/** Keys that end in a number of seconds, as a program has them that no file knows of. */
async function ownKeys(sim: Sim, seconds: number): Promise<object> {
  const keys = await sim.issue("session", seconds);
  return {
    accessKeyId: keys.access_key_id,
    secretAccessKey: keys.secret_access_key,
    sessionToken: keys.session_token,
    expiration: keys.expires_at,
  };
}

const WITH_KEYS = [
  "v3 with keys",
  "v3 with a provider",
  "v3.600 with keys",
  "v2 with keys",
];

for (const client of WITH_KEYS) {
  simulated(
    `the end of the client's own credentials: ${client}`,
    async (sim) => {
      const keys = await ownKeys(sim, 600);
      const env = {
        ...sim.withProfile("static"),
        OWN_KEYS: JSON.stringify(keys),
      };
      const soon = await preflight(env, { minRemaining: 1800 }, client);
      equal(soon.ok, false, soon.text);
      equal(soon.online, true);
      equal(soon.exitCode, 10);
      equal(soon.code, "CREDENTIALS_EXPIRED");
      equal(soon.findings[0]?.code, "ends_too_soon");
      // A login gives such a client nothing.
      equal(soon.reauthCommand, null);
      ok(soon.remainingSeconds !== null && soon.remainingSeconds <= 600);
      for (const secret of Object.values(keys).slice(0, 3)) {
        ok(!JSON.stringify(soon).includes(secret));
      }

      const enough = await preflight(env, { minRemaining: 60 }, client);
      equal(enough.ok, true, enough.text);
      match(
        enough.message,
        /^The AWS credentials of the client work: valid for /,
      );
    },
  );

  simulated(
    `a client works beside an ended SSO session: ${client}`,
    async (sim) => {
      await sim.expire({ sso: { session: "legacy" } });
      const env = {
        ...sim.withProfile("sso-legacy"),
        OWN_KEYS: JSON.stringify(await ownKeys(sim, 7200)),
      };
      const found = await preflight(env, { minRemaining: 1800 }, client);
      equal(found.ok, true, found.text);
      equal(found.account, ACCOUNT);
      equal(found.token, "unknown");
      doesNotMatch(found.text, /ended|login|sso-legacy/);
      const soon = await preflight(env, { minRemaining: 9000 }, client);
      equal(soon.findings[0]?.code, "ends_too_soon", soon.text);
      equal(soon.reauthCommand, null);
    },
  );
}

for (
  const client of [
    "v3 with fromIni sso-legacy",
    "v3 with the profile sso-legacy",
  ]
) {
  simulated(
    `the environment's profile is not told to log in for another: ${client}`,
    async (sim) => {
      await sim.expire({ sso: { session: "legacy" } });
      for (const profile of ["static", "sso"] as const) {
        const found = await preflight(sim.withProfile(profile), {}, client);
        equal(found.ok, false);
        equal(found.online, true);
        equal(found.exitCode, 10);
        equal(found.diagnosis?.kind, "sso_session_expired", found.text);
        equal(found.diagnosis?.profile, null);
        equal(found.reauthCommand, null, found.text);
        equal(found.reauthArgv, null);
        match(found.text, /Log in to the profile that the client uses/);
        doesNotMatch(found.text, /'(static|sso)'|Run: /);
      }
      const login = "aws sso login --profile sso-legacy";
      const env = sim.withProfile("sso-legacy");
      const foreseen = await preflight(env, {}, client);
      equal(foreseen.reauthCommand, login, foreseen.text);
      const named = await preflight(
        sim.withProfile("static"),
        { profile: "sso-legacy" },
        client,
      );
      equal(named.reauthCommand, login, named.text);

      // What is done by a login of that profile, and of no other.
      await sim.login("legacy");
      const repaired = await preflight(sim.withProfile("static"), {}, client);
      equal(repaired.ok, true, repaired.text);
    },
  );
}

simulated(
  "a client's unknown key is not that of the environment's profile",
  async (sim) => {
    const env = {
      ...sim.withProfile("static"),
      OWN_KEYS: JSON.stringify({
        accessKeyId: "AKIAUNKNOWNUNKNOWN00",
        secretAccessKey: "secret",
      }),
    };
    for (const client of ["v3 with keys", "v2 with keys"]) {
      const found = await preflight(env, {}, client);
      equal(found.diagnosis?.kind, "invalid_access_key", found.text);
      equal(found.diagnosis?.profile, null);
      equal(found.reauthCommand, null);
      doesNotMatch(found.text, /'static'/);
    }
  },
);

simulated(
  "what an SDK renews by itself does not end too soon",
  async (sim) => {
    const options = { minRemaining: 86_400 };
    for (const client of ["v3", "v2"]) {
      for (const profile of ["role", "process"] as const) {
        const found = await preflight(
          sim.withProfile(profile),
          options,
          client,
        );
        equal(found.ok, true, `${client} ${profile}: ${found.text}`);
        equal(found.online, true);
      }
    }
    const found = await preflight(sim.withSource("imds"), options);
    equal(found.ok, true, found.text);
    equal(found.source, "instance");
  },
);

simulated("offline, a client is not even looked at", async (sim) => {
  const found = await preflight(
    sim.withProfile("static"),
    { offline: true, minRemaining: 60 },
    "must not be asked",
  );
  equal(found.ok, true, found.text);
});

test("whatever a client says of its credentials, STS has answered", async () => {
  const env = { HOME: folder, AWS_REGION: "eu-west-1" };
  for (
    const client of [
      "credentials that never come",
      "credentials that throw",
      "credentials that are rejected",
      "hostile credentials",
      "odd credentials",
      "a hostile config",
    ]
  ) {
    const found = await preflight(env, { minRemaining: 60 }, client);
    equal(found.ok, true, `${client}: ${found.text}`);
    equal(found.account, ACCOUNT);
    equal(found.findings[0]?.code, "end_unknown", client);
  }
});

simulated("a wrong account: which, and the CDK's cache", async (sim) => {
  const env = sim.withProfile("static");
  const wrong = await preflight(env, { account: "999999999999" });
  equal(wrong.ok, false);
  equal(wrong.diagnosis, undefined);
  equal(wrong.message, `The account is ${ACCOUNT}, not 999999999999.`);
  doesNotMatch(wrong.text, /cdk/);

  const context = join(folder, "cached.json");
  const key = "availability-zones:account=999999999999:region=eu-west-1";
  writeFileSync(context, JSON.stringify({ [key]: ["eu-west-1a"] }));
  const cached = await preflight(env, { cdkContext: "cached.json" });
  equal(cached.ok, true);
  const finding = cached.findings.find(({ code }) =>
    code === "cached_account_differs"
  );
  deepEqual(finding?.argv, ["cdk", "context", "--clear"]);

  const both = await preflight(env, {
    account: "888888888888",
    cdkContext: "cached.json",
  });
  equal(both.ok, false);
  equal(both.findings[0]?.code, "wrong_account");
  match(
    both.findings[0]?.advice ?? "",
    /^Choose a profile .* run `cdk context --clear`.* of 999999999999\.$/,
  );
});

simulated("an unknown shell is the usual one, null no options", async (sim) => {
  const env = sim.withProfile("static");
  for (const options of ["{ shell: 'fish' }", "null"]) {
    const found = await preflight(env, options);
    equal(found.ok, true, `${options}: ${found.text}`);
  }
});

simulated(
  "nobody is told to log in where it is not clear who",
  async (sim) => {
    await sim.expire({ sso: { session: "legacy" } });
    const env = sim.withProfile("sso-legacy");
    for (
      const [options, client] of [
        ["'prod'", "none"],
        ["{ profile: {} }", "none"],
        ["{ minRemaining: 60 }", "sends"],
      ] as const
    ) {
      const found = await preflight(env, options, client, tmpdir());
      equal(found.exitCode, 8, found.text);
      equal(found.diagnosis, undefined);
      equal(found.reauthCommand, null);
    }
    deepEqual(await sim.requests(), []);
  },
);

simulated(
  "what is expected and cannot be checked is a problem",
  async (sim) => {
    const env = sim.withProfile("static");
    for (
      const [options, message] of [
        [
          "{ account: 999999999999 }",
          /^The account is \d+, not 999999999999\./,
        ],
        ["{ account: 1234 }", /^The account is \d+, not 000000001234\./],
        ["{ account: {} }", /`account` is not a text of 12 digits/],
        ["{ account: '' }", /`account` is not a text of 12 digits/],
        ["{ account: null }", /`account` is not a text of 12 digits/],
        ["{ account: '1234567890' }", /`account` is not a text of 12 digits/],
        ["{ account: NaN }", /`account` is not a text of 12 digits/],
        ["{ region: 1 }", /`region` is not a text/],
        ["{ profile: {} }", /`profile` is not a text/],
        [
          "{ minRemaining: '30m' }",
          /`minRemaining` is not a number of seconds/,
        ],
        ["{ minRemaining: '1800' }", /`minRemaining` is not a number/],
        ["{ minRemaining: NaN }", /`minRemaining` is not a number of seconds/],
        ["{ minRemaining: -5 }", /`minRemaining` is not a number of seconds/],
        ["{ cdkContext: 5 }", /`cdkContext` is not a text/],
        ["{ cdkContext: null }", /`cdkContext` is not a text/],
        ["{ now: 1764000000000 }", /`now` is not a time/],
        ["{ now: 'tomorrow' }", /`now` is not a time/],
        ["'prod'", /`options` is not an object/],
        ["['prod']", /`options` is not an object/],
        ["5", /`options` is not an object/],
      ] as const
    ) {
      const found = await preflight(env, options);
      equal(found.ok, false, options);
      equal(found.exitCode, 8, options);
      match(found.message, message);
    }
    for (
      const options of [
        `{ account: ${ACCOUNT}, minRemaining: 0.5 }`,
        "{ account: undefined, minRemaining: undefined, profile: '' }",
        "{ minRemaining: Infinity }",
      ]
    ) {
      const found = await preflight(env, options);
      equal(found.ok, true, `${options}: ${found.text}`);
    }
  },
);

simulated("what only STS knows: a deleted key, a wrong clock", async (sim) => {
  const unknown = await preflight({
    ...sim.environment.env,
    AWS_ACCESS_KEY_ID: "AKIAUNKNOWNUNKNOWN00",
    AWS_SECRET_ACCESS_KEY: "secret",
  });
  equal(unknown.diagnosis?.kind, "invalid_access_key");
  equal(unknown.diagnosis?.operation, "GetCallerIdentity");
  await sim.settings({ clock_offset_seconds: 3600 });
  const skewed = await preflight(sim.withProfile("static"));
  equal(skewed.ok, false);
  equal(skewed.code, "CLOCK_SKEW");
});

simulated(
  "STS that cannot be reached says nothing of credentials",
  async (sim) => {
    const env = { AWS_ENDPOINT_URL: "http://127.0.0.1:1" };
    const found = await preflight({ ...sim.withProfile("static"), ...env });
    equal(found.ok, false);
    equal(found.exitCode, 69);
    equal(found.diagnosis, undefined);
    equal(found.findings[0]?.code, "service_unreachable");
  },
);

test("whatever a client throws or gives, preflight gives a value", async () => {
  for (const client of ["throws", "gives", "hangs-not"]) {
    const found = await preflight({ HOME: folder }, {}, client);
    equal(typeof found.ok, "boolean");
  }
});
