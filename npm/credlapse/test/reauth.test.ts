import { deepEqual, equal, rejects } from "node:assert/strict";
import { describe, it } from "node:test";

import { type ReauthOptions, withReauth } from "../src/index.ts";

function expired(message = "The provided token has expired."): Error {
  return Object.assign(new Error(message), { name: "ExpiredToken" });
}

/** A service whose session has ended, with what was asked of it. */
class Service {
  good = false;
  calls = 0;
  logins = 0;

  call = async (name: string): Promise<string> => {
    this.calls++;
    const good = this.good;
    await Promise.resolve();
    if (good) return name;
    throw expired(`${name}: The provided token has expired.`);
  };

  login = async (): Promise<void> => {
    this.logins++;
    await new Promise((resolve) => setTimeout(resolve, 1));
    this.good = true;
  };
}

function together(
  call: (name: string) => Promise<string>,
): Promise<PromiseSettledResult<string>[]> {
  const names = Array.from({ length: 100 }, (_, index) => `${index}`);
  return Promise.allSettled(names.map(call));
}

describe("withReauth", () => {
  it("logs in once for a hundred calls and retries each once", async () => {
    const service = new Service();
    const call = withReauth(service.call, { reauth: service.login });
    const results = await together(call);
    deepEqual(
      results,
      results.map((_, index) => ({ status: "fulfilled", value: `${index}` })),
    );
    equal(service.logins, 1);
    equal(service.calls, 200);
  });

  it("gives each caller its own error where the login does not work", async () => {
    const refusals: ReauthOptions["reauth"][] = [
      () => false,
      () => Promise.resolve(false),
      () => Promise.reject(new Error("cancelled")),
      () => {
        throw new Error("cancelled");
      },
    ];
    for (const refuse of refusals) {
      const service = new Service();
      let logins = 0;
      const call = withReauth(service.call, {
        reauth: (...failure) => {
          logins++;
          return refuse(...failure);
        },
      });
      const results = await together(call);
      results.forEach((result, index) => {
        equal(result.status, "rejected");
        equal(
          result.reason.message,
          `${index}: The provided token has expired.`,
        );
      });
      equal(logins, 1);
      equal(service.calls, 100);
      // Whoever comes later is asked anew.
      await rejects(call("later"), { name: "ExpiredToken" });
      equal(logins, 2);
    }
  });

  it("never retries twice", async () => {
    let calls = 0;
    let logins = 0;
    const call = withReauth(() => Promise.reject(expired(`${++calls}`)), {
      reauth: () => void logins++,
    });
    await rejects(call(), { message: "2" });
    deepEqual([calls, logins], [2, 1]);
  });

  it("does not log in again for a call that was under way meanwhile", async () => {
    const service = new Service();
    let fail = () => {};
    let attempts = 0;
    const slow = () => {
      if (attempts++ > 0) return service.call("slow");
      return new Promise<string>((_, reject) => fail = () => reject(expired()));
    };
    const call = withReauth(
      (name: string) => name === "slow" ? slow() : service.call(name),
      { reauth: service.login },
    );
    const waiting = call("slow");
    equal(await call("quick"), "quick");
    fail();
    equal(await waiting, "slow");
    equal(service.logins, 1);
  });

  it("logs in again when a new session has ended too", async () => {
    const service = new Service();
    const call = withReauth(service.call, { reauth: service.login });
    await call("a");
    service.good = false;
    equal(await call("b"), "b");
    equal(service.logins, 2);
  });

  it("passes on what a login does not repair", async () => {
    const failures = [
      "text",
      undefined,
      new TypeError("x is not a function"),
      Object.assign(new Error("Access Denied"), {
        name: "AccessDenied",
        $metadata: { httpStatusCode: 403 },
      }),
      Object.assign(new Error("UnknownError"), {
        name: "Unknown",
        $metadata: { httpStatusCode: 400 },
      }),
    ];
    for (const failure of failures) {
      const call = withReauth(() => Promise.reject(failure), {
        reauth: () => {
          throw new Error("not to be called");
        },
      });
      await rejects(call(), (thrown) => thrown === failure);
    }
  });

  it("tells the login what lapsed and takes calls that throw at once", async () => {
    const said: string[] = [];
    const error = expired();
    const call = withReauth(
      (): string => {
        if (said.length > 0) return "done";
        throw error;
      },
      {
        context: { profile: "dev" },
        reauth: (diagnosis, thrown) => {
          equal(thrown, error);
          said.push(diagnosis.kind, `${diagnosis.profile}`);
        },
      },
    );
    equal(await call(), "done");
    deepEqual(said, ["session_token_expired", "dev"]);
  });
});
