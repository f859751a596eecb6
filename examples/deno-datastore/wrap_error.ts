import { type Context, diagnose } from "../../deno/mod.ts";
import { profileFacts } from "../../deno/profile.ts";

/** An error as the host shows it: what to do first, what failed after it. */
export interface DatastoreError extends Error {
  /** `CREDENTIALS_EXPIRED` and the like, else the SDK's name of the failure. */
  code: string;
  httpStatusCode?: number;
  requestId?: string;
}

/**
 * Turns what the SDK threw into what a user of the datastore can act on.
 *
 * Synchronous, because it stands in `catch` blocks that cannot wait.
 */
export function wrapError(
  operation: string,
  error: unknown,
  profile?: string,
): DatastoreError {
  const lapsed = diagnose(error, contextOf(profile));
  const said = lapsed?.text ?? `S3 ${operation}: ${messageOf(error)}`;

  const wrapped = new Error(said, { cause: error }) as DatastoreError;
  const { name, $metadata } = Object(error) as Partial<ServiceError>;
  wrapped.name = name ?? "DatastoreError";
  wrapped.code = lapsed?.code ?? wrapped.name;
  if ($metadata?.httpStatusCode) {
    wrapped.httpStatusCode = $metadata.httpStatusCode;
  }
  if ($metadata?.requestId) wrapped.requestId = $metadata.requestId;
  return wrapped;
}

/** What only this extension knows of a failure. */
export function contextOf(profile?: string): Context {
  return { subject: "Datastore", profile, facts: profileFacts({ profile }) };
}

/** The HTTP status of an error of the SDK. */
export function statusOf(error: unknown): number | undefined {
  return (Object(error) as Partial<ServiceError>).$metadata?.httpStatusCode;
}

interface ServiceError {
  name: string;
  $metadata: { httpStatusCode?: number; requestId?: string };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
