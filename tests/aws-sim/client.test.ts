// Every order of the client is one that the simulator understands.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";

import { type Sim, startSim } from "./client.ts";

async function withSim(body: (sim: Sim) => Promise<void>): Promise<void> {
  const sim = await startSim();
  try {
    await body(sim);
  } finally {
    await sim.stop();
  }
  assert.equal(existsSync(sim.environment.home), false);
}

test("variables choose a profile or a source", () =>
  withSim((sim) => {
    assert.equal(sim.withProfile("sso").AWS_PROFILE, "sso");
    assert.equal(sim.withProfile("sso").AWS_ENDPOINT_URL, sim.url);
    assert.match(sim.withSource("session").AWS_ACCESS_KEY_ID, /^ASIA/);
    assert.equal(sim.withSource("static").AWS_SESSION_TOKEN, undefined);
    return Promise.resolve();
  }));

test("everything that can end ends and comes back", () =>
  withSim(async (sim) => {
    await sim.expire({ sso: { session: "corp", refreshable: true } }, 60);
    await sim.expire({ sso: { session: "legacy", revoked: true } });
    await sim.expire({ keys: "session" });
    await sim.expire("web_identity");
    const keys = await sim.issue("test", 60);
    await sim.expire({ access_key: keys.access_key_id });
    await sim.login("corp");
    await sim.logout("legacy");
    await sim.renew("session");
    await sim.renew("web-identity");
    await sim.failProcess(1, "no");
    await sim.renew("process");
    await assert.rejects(
      sim.expire({ keys: "nobody" }),
      /no temporary key was handed out by `nobody`/,
    );
  }));

test("a fault strikes, is counted and is seen", () =>
  withSim(async (sim) => {
    const object = `${sim.url}/${sim.environment.bucket}/k`;
    await sim.fault({
      service: "s3",
      path: "/*/k",
      after: 1,
      error: { code: "SlowDown" },
    });
    assert.equal((await fetch(object)).status, 403);
    assert.match(await (await fetch(object)).text(), /<Code>SlowDown<\/Code>/);
    await sim.fault({ operation: "GetObject", times: null, cut: null });
    await assert.rejects(fetch(object));
    await sim.clearFaults();
    await sim.fault({ delay_ms: 1 });
    await sim.fault({ date_offset: 60 });
    await sim.fault({ expire: { keys: "session" } });
    await sim.fault({ cut: 0 });
    await sim.clearFaults();
    assert.equal((await fetch(object)).status, 403);
    const seen = await sim.requests();
    assert.deepEqual(seen.map((s) => s.code).slice(0, 2), [
      "AccessDenied",
      "SlowDown",
    ]);
    await sim.clearRequests();
    assert.deepEqual(await sim.requests(), []);
  }));

test("objects are put and read past the rules", () =>
  withSim(async (sim) => {
    await sim.deny({ action: "s3:*", resource: "*", detail: "short" });
    await sim.settings({ clock_offset_seconds: 60, keys_seconds: 900 });
    await sim.putObject("other-bucket", "a b/ü", "text");
    await sim.putObject(
      "other-bucket",
      "bytes",
      new TextEncoder().encode("bytes"),
    );
    assert.equal(await sim.object("other-bucket", "a b/ü"), "text");
    assert.equal(await sim.object("other-bucket", "bytes"), "bytes");
    assert.equal(await sim.object("other-bucket", "none"), undefined);
    await sim.clearDenials();
  }));

test("a program that cannot be started is told", async () => {
  await assert.rejects(
    startSim("/nonexistent/aws-sim"),
    /ENOENT|NotFound|nonexistent/,
  );
});
