import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { describe, it } from "node:test";

import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";

import {
  credlapsePlugin,
  diagnose,
  explain,
  type PluginOptions,
} from "../src/index.ts";

const DIAGNOSIS = Symbol.for("credlapse.diagnosis");

type Config = NonNullable<ConstructorParameters<typeof S3Client>[0]>;

/** A client that answers by itself, with the plugin in its stack. */
function clientWith(config: Config, options?: PluginOptions): S3Client {
  const client = new S3Client({
    region: "eu-west-1",
    credentials: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "s" },
    maxAttempts: 1,
    ...config,
  });
  client.middlewareStack.use(credlapsePlugin(options));
  return client;
}

/** What `PutObject` throws. */
async function thrownBy(client: S3Client): Promise<object> {
  const put = new PutObjectCommand({ Bucket: "b", Key: "k", Body: "x" });
  const thrown = await client.send(put).then(() => undefined, (error) => error);
  ok(typeof thrown === "object");
  return thrown;
}

function answer(statusCode: number, body: string): Config {
  const headers = { "x-amz-request-id": "R1" };
  const stream = () => new Response(body).body;
  return {
    requestHandler: {
      handle: () =>
        Promise.resolve({
          response: { statusCode, headers, body: stream(), reason: "" },
        }),
      metadata: { handlerProtocol: "http/1.1" },
      updateHttpClientConfig() {},
      httpHandlerConfigs: () => ({}),
    } as unknown as NonNullable<Config["requestHandler"]>,
  };
}

const EXPIRED =
  "<Error><Code>ExpiredToken</Code><Message>The provided token has expired.</Message><Token-0>FwoGSECRET</Token-0></Error>";

function failing(error: unknown): Config {
  return { credentials: () => Promise.reject(error) };
}

function lapsed(): Error {
  return Object.assign(
    new Error(
      "Token is expired. To refresh this SSO session run 'aws sso login' with the corresponding profile.",
    ),
    { name: "CredentialsProviderError" },
  );
}

describe("credlapsePlugin", () => {
  it("sees what the service answers", async () => {
    const thrown = await thrownBy(clientWith(answer(400, EXPIRED)));
    const diagnosis = diagnose(thrown);
    equal(diagnosis?.kind, "session_token_expired");
    equal(diagnosis.operation, "PutObject");
    equal(diagnosis.status, 400);
    ok(diagnosis.service?.startsWith("S3"));
    ok(!JSON.stringify(diagnosis).includes("SECRET"));
  });

  it("sees that credentials cannot be had", async () => {
    const thrown = await thrownBy(clientWith(failing(lapsed())));
    const diagnosis = diagnose(thrown);
    equal(diagnosis?.kind, "sso_session_expired");
    deepEqual([diagnosis.service, diagnosis.operation], ["S3", "PutObject"]);
  });

  it("throws the very error, with one hidden property more", async () => {
    const error = lapsed();
    const before = Reflect.ownKeys(error);
    const thrown = await thrownBy(clientWith(failing(error)));
    equal(thrown, error);
    const added = Reflect.ownKeys(thrown).filter((key) =>
      !before.includes(key) && key !== "$metadata"
    );
    deepEqual(added, [DIAGNOSIS]);
    ok(!Object.prototype.propertyIsEnumerable.call(thrown, DIAGNOSIS));
  });

  it("is found through wrappers, with the context that it had", async () => {
    const client = clientWith(failing(lapsed()), {
      context: { subject: "Datastore", profile: "dev" },
    });
    const cause = await thrownBy(client);
    const said = explain(new Error("cannot take the lock", { cause }));
    ok(said?.startsWith("Datastore session expired: "));
    ok(said?.includes("aws sso login --profile dev"));
  });

  it("asks for the context at each failure, and bears that it fails", async () => {
    let profile = "one";
    const context = () => ({ profile });
    const client = clientWith({ credentials: () => Promise.reject(lapsed()) }, {
      context,
    });
    equal(diagnose(await thrownBy(client))?.profile, "one");
    profile = "two";
    equal(diagnose(await thrownBy(client))?.profile, "two");
    const broken = clientWith(failing(lapsed()), {
      context: () => {
        throw new Error("no context");
      },
    });
    equal((await thrownBy(broken) as Error).name, "CredentialsProviderError");
  });

  it("leaves alone what is not auth", async () => {
    const slow = "<Error><Code>SlowDown</Code><Message>m</Message></Error>";
    const thrown = await thrownBy(clientWith(answer(503, slow)));
    equal((thrown as Error).name, "SlowDown");
    ok(!(DIAGNOSIS in thrown));
  });

  it("bears what cannot carry a property", async () => {
    for (const error of ["text", Object.freeze(lapsed())]) {
      const client = clientWith({});
      client.middlewareStack.add(
        () => () => Promise.reject(error),
        { step: "initialize" },
      );
      await rejects(
        client.send(new PutObjectCommand({ Bucket: "b", Key: "k" })),
        (thrown) => thrown === error,
      );
    }
  });

  it("gives the answer where nothing fails, and is added once", async () => {
    const client = clientWith(answer(200, ""));
    client.middlewareStack.use(credlapsePlugin());
    const put = new PutObjectCommand({ Bucket: "b", Key: "k", Body: "x" });
    equal((await client.send(put)).$metadata.httpStatusCode, 200);
    const ours = client.middlewareStack.identify().filter((name) =>
      name.startsWith("credlapse")
    );
    equal(ours.length, 1);
  });
});
