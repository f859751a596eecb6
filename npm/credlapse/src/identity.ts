/**
 * Who the caller is: the one question that goes out.
 *
 * @module
 */

import { createRequire } from "node:module";
import { join } from "node:path";
import { cwd } from "node:process";

import { time } from "./context.ts";
import { credentialsOf, NOTHING_KNOWN } from "./client.ts";
import type { ClientCredentials, Evidence, Identity } from "./core.ts";
import { evidenceOf } from "./diagnose.ts";
import { read, text } from "./evidence.ts";

/** A client for STS: of the AWS SDK v3, or of v2. */
export type StsClientLike =
  | {
    /** Of v3, as `STSClient` and `STS` have it. */
    // deno-lint-ignore no-explicit-any -- A command of the SDK that the caller has.
    send(command: any): Promise<unknown>;
  }
  | {
    /** Of v2. */
    getCallerIdentity(input: Record<never, never>): unknown;
  };

/** What came back, or how it failed. */
export interface Answer {
  readonly identity?: Identity;
  /** Of the caller's own client. */
  readonly client?: ClientCredentials | undefined;
  readonly failure?: Evidence;
  readonly serverTime?: string | undefined;
}

/**
 * Asks STS, through the caller's own client or through `@aws-sdk/client-sts`.
 *
 * `undefined` where nobody can be asked: there is neither, or the client has
 * no such call and the package, which has the command for it, is not there.
 * Never throws.
 */
export async function askIdentity(
  client: StsClientLike | undefined,
  profile: string | undefined,
  region: string | null,
): Promise<Answer | undefined> {
  try {
    const answer = await ask(client, profile, region);
    if (answer === undefined || client === undefined) return answer;
    // After the call: before it, an SDK does not have its credentials yet.
    return { ...answer, client: await credentialsOf(client) };
  } catch (error) {
    const failure = evidenceOf(error, undefined, CALL);
    return client === undefined
      ? { failure }
      : { failure, client: NOTHING_KNOWN };
  }
}

async function ask(
  client: StsClientLike | undefined,
  profile: string | undefined,
  region: string | null,
): Promise<Answer | undefined> {
  const method = read(client, (of) => of.getCallerIdentity);
  if (typeof method === "function") {
    const request = method.call(client, {});
    const promise = read(request, (of) => of.promise);
    const answer = typeof promise === "function"
      ? promise.call(request)
      : request;
    return { identity: identity(await answer) };
  }
  const sends = typeof read(client, (of) => of.send) === "function";
  if (client !== undefined && !sends) return undefined;
  const sdk = await loadSdk();
  if (sdk === undefined) return undefined;
  let serverTime: string | undefined;
  const command = new sdk.GetCallerIdentityCommand({});
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const headers = read(
        read(result, (of) => of.response),
        (of) => of.headers,
      );
      serverTime = time(text(read(headers, (of) => of.date)));
      return result;
    },
    { step: "deserialize", name: "credlapseDate" },
  );
  const sender = client as Sender | undefined ?? new sdk.STSClient({
    profile,
    region: region ?? ANY_REGION,
    ...PATIENCE,
  });
  return { identity: identity(await sender.send(command)), serverTime };
}

const CALL = { service: "STS", operation: "GetCallerIdentity" };

/** STS answers in every Region; this one where none is configured. */
const ANY_REGION = "us-east-1";

/** A check must not wait for long where nothing answers. */
const PATIENCE = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 5_000, requestTimeout: 10_000 },
};

function identity(answer: unknown): Identity {
  return {
    account: text(read(answer, (of) => of.Account)),
    arn: text(read(answer, (of) => of.Arn)),
  };
}

interface Sender {
  send(command: unknown): Promise<unknown>;
}

/** The part of `@aws-sdk/client-sts` that is used; its types may not be installed. */
interface Sdk {
  readonly STSClient: new (config: object) => Sender;
  readonly GetCallerIdentityCommand: new (input: object) => {
    readonly middlewareStack: {
      add(
        middleware: (
          next: (args: unknown) => Promise<unknown>,
        ) => (args: unknown) => Promise<unknown>,
        options: object,
      ): void;
    };
  };
}

/** As a dependency of this package, else as one of the project in the working directory. */
async function loadSdk(): Promise<Sdk | undefined> {
  try {
    // As a literal, so that a bundler takes it in where the project has it.
    return await import("@aws-sdk/client-sts") as unknown as Sdk;
  } catch {
    try {
      // Not as a literal: what a bundler did not find is not there for it.
      const name: string = "@aws-sdk/client-sts";
      return createRequire(join(cwd(), "of-the-project"))(name);
    } catch {
      return undefined;
    }
  }
}
