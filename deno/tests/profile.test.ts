/**
 * Facts about a profile, with and without permission to look for them.
 *
 * @module
 */

import { deepEqual, equal } from "node:assert/strict";

import type { ProfileFacts } from "../profile.ts";
import { deno } from "./isolated.ts";

const CONFIG = `
[profile dev]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = Developer

[sso-session corp]
sso_start_url = https://example.awsapps.com/start
sso_region = eu-west-1
`;
const TOKEN = ".aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json";

/** The facts of a home folder with an ended session, under these permissions. */
async function facts(
  permissions: (home: string) => string[],
): Promise<Partial<ProfileFacts>> {
  const home = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${home}/.aws/sso/cache`, { recursive: true });
    await Deno.writeTextFile(`${home}/.aws/config`, CONFIG);
    await Deno.writeTextFile(
      `${home}/${TOKEN}`,
      '{"accessToken": "t", "expiresAt": "2026-11-21T14:15:00Z"}',
    );
    const entry = new URL("../profile.ts", import.meta.url).href;
    await Deno.writeTextFile(
      `${home}/main.ts`,
      `import { profileFacts } from ${JSON.stringify(entry)};
       const now = "2026-11-21T15:00:00Z";
       console.log(JSON.stringify(profileFacts({ profile: "dev", now })));`,
    );
    const args = ["run", "--quiet", "--no-prompt", ...permissions(home)];
    const ended = await deno([...args, `${home}/main.ts`], { HOME: home });
    equal(ended.stderr, "");
    return JSON.parse(ended.stdout);
  } finally {
    await Deno.remove(home, { recursive: true });
  }
}

Deno.test("say what the profile uses and that its session has ended", async () => {
  const { profile, exists, source, ssoSession, token, expiresAt, needs } =
    await facts((home) => ["--allow-env", `--allow-read=${home}/.aws`]);
  deepEqual({ profile, exists, source, ssoSession, token, expiresAt, needs }, {
    profile: "dev",
    exists: true,
    source: "sso",
    ssoSession: "corp",
    token: "expired",
    expiresAt: "2026-11-21T14:15:00Z",
    needs: null,
  });
});

Deno.test("say which file they could not read", async () => {
  const { source, token, needs } = await facts((home) => [
    "--allow-env",
    `--allow-read=${home}/.aws/config,${home}/.aws/credentials`,
  ]);
  deepEqual([source, token, needs], ["sso", "unknown", TOKEN]);
});

Deno.test("say nothing, and ask for nothing, without permission", async () => {
  const { exists, source, needs } = await facts(() => []);
  deepEqual([exists, source, needs], [false, null, ".aws/config"]);
});
