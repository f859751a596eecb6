/**
 * Says what lapsed when an AWS call fails, and which command fixes it.
 *
 * ```ts
 * import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
 *
 * const client = new S3Client({ region: "eu-west-1" });
 *
 * export async function takeLock(Bucket: string, Key: string) {
 *   try {
 *     await client.send(new PutObjectCommand({ Bucket, Key, IfNoneMatch: "*" }));
 *   } catch (error) {
 *     const said = explain(error, { subject: "Datastore", profile: "dev" });
 *     throw said ? new Error(said, { cause: error }) : error;
 *   }
 * }
 * ```
 *
 * Nothing here throws, waits, or touches a file, the network or the
 * environment. A failure that is not about AWS credentials gives `undefined`.
 *
 * @module
 */

export { init } from "./backend.ts";
export type { ContextSource } from "./context.ts";
export { diagnose, diagnoseText, explain } from "./diagnose.ts";
export { CREDENTIAL_SOURCES, EXIT_TABLES, SHELLS } from "./kinds.ts";
export type {
  Actor,
  Code,
  Confidence,
  CredentialSource,
  ExitTableName,
  Kind,
  ProfileChoice,
  Retry,
  Shell,
  TokenState,
} from "./kinds.ts";
export { credlapsePlugin } from "./plugin.ts";
export type { MiddlewareStackLike, Plugin, PluginOptions } from "./plugin.ts";
export { withReauth } from "./reauth.ts";
export type { ReauthOptions } from "./reauth.ts";
export { errorObject, exitCode } from "./render.ts";
export type { ExitTable } from "./render.ts";
export type {
  Cause,
  Context,
  Diagnosis,
  ErrorObject,
  ProfileFacts,
  SnakeCase,
} from "./types.ts";
