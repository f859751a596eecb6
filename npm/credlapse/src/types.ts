/**
 * The words of credlapse, as plain data.
 *
 * @module
 */

import type {
  Actor,
  Code,
  Confidence,
  CredentialSource,
  Kind,
  ProfileChoice,
  Retry,
  Shell,
  TokenState,
} from "./kinds.ts";

/** One error of a chain; what is not known is absent. */
export interface Cause {
  /** The name or class of the error, for example `CredentialsProviderError`. */
  readonly name?: string | undefined;
  /** The code that the service gave, for example `ExpiredToken`. */
  readonly code?: string | undefined;
  /** The message, as the SDK or the service worded it. */
  readonly message?: string | undefined;
  /** The HTTP status. */
  readonly status?: number | undefined;
  /** The service that answered, for example `S3`. */
  readonly service?: string | undefined;
  /** The operation that failed, for example `PutObject`. */
  readonly operation?: string | undefined;
  /** The request id that the service gave. */
  readonly requestId?: string | undefined;
}

/** What the host knows and the error does not; every field is optional. */
export interface Context {
  /** What failed, in the host's own words: "Datastore". */
  readonly subject?: string | undefined;
  /** The profile in use, where the host chose one. */
  readonly profile?: string | undefined;
  /** What the local AWS files say of the profile. */
  readonly facts?: ProfileFacts | undefined;
  /** Where the rejected credentials came from. */
  readonly source?: CredentialSource | undefined;
  /** When the rejected credentials end or ended. */
  readonly expiresAt?: Date | string | undefined;
  /** The time of the failure by the local clock. */
  readonly now?: Date | string | undefined;
  /** The `Date` of the answer. */
  readonly serverTime?: Date | string | undefined;
  /** The shell in which a shown command will be typed. */
  readonly shell?: Shell | undefined;
  /** Values that must never be echoed, beyond those that are recognised. */
  readonly secrets?: readonly string[] | undefined;
}

/**
 * What the local AWS files say of one profile.
 *
 * Made by `profileFacts` and handed on as it is. Times are RFC 3339 in UTC;
 * names are as the files have them, neither redacted nor quoted.
 */
export interface ProfileFacts {
  /** The profile in use. */
  readonly profile: string;
  /** What chose it. */
  readonly chosenBy: ProfileChoice;
  /** Whether any file defines it. */
  readonly exists: boolean;
  /** Where its credentials come from, source profiles followed to their end. */
  readonly source: CredentialSource | null;
  /** What the profile would use if no keys stood in the environment. */
  readonly shadowedSource: CredentialSource | null;
  /** The profile at the end of the `source_profile` chain, where it is another. */
  readonly sourceProfile: string | null;
  /** The role that is assumed with the credentials of the source. */
  readonly roleArn: string | null;
  /** The MFA device that has to vouch for it. */
  readonly mfaSerial: string | null;
  /** Whether temporary keys are in play. */
  readonly hasSessionToken: boolean;
  /** The `sso_session` that it uses. */
  readonly ssoSession: string | null;
  /** The `sso_start_url` that it uses. */
  readonly ssoStartUrl: string | null;
  /** The `login_session` that it uses. */
  readonly loginSession: string | null;
  /** The state of the cached token. */
  readonly token: TokenState;
  /** Whether an SDK can renew the cached token by itself. */
  readonly canRefresh: boolean;
  /** When the cached token, or the keys themselves, end or ended. */
  readonly expiresAt: string | null;
  /** The file to read next, where it was not given. */
  readonly needs: string | null;
  /** What is wrong with the configuration, worst first. */
  readonly problems: readonly unknown[];
  /** Where a profile was not found: some that exist, nearest name first. */
  readonly knownProfiles: readonly string[];
}

/**
 * The verdict: what lapsed, how sure that is, and what repairs it.
 *
 * A frozen plain object, safe to log, to clone and to send to a worker: every
 * text in it is redacted and free of control characters.
 */
export interface Diagnosis {
  /** The coarse class; it says what a program may do. */
  readonly code: Code;
  /** The fine class; it says what to tell a person. */
  readonly kind: Kind;
  /** How sure the verdict is. */
  readonly confidence: Confidence;
  /** What lapsed: one line of at most 200 characters. */
  readonly message: string;
  /** What to do about it: one line. */
  readonly action: string;
  /** The SDK's own words, redacted: one line of at most 600 characters. */
  readonly detail: string;
  /** Whether credentials were good and have ended. */
  readonly expired: boolean;
  /** When they ended (RFC 3339); absent where that is not known. */
  readonly expiredAt?: string;
  /** What has to happen before the same call can succeed. */
  readonly retry: Retry;
  /** Whether the same call succeeds once the remedy has run. */
  readonly retryable: boolean;
  /**
   * The command that repairs it, where it survives a naive split on spaces;
   * else `null`, and only {@link Diagnosis.reauthArgv} is safe.
   */
  readonly reauthCommand: string | null;
  /** The command as separate arguments; `null` where no command repairs it. */
  readonly reauthArgv: readonly string[] | null;
  /** The environment variable that decides which credentials are used. */
  readonly reauthEnvVar: string | null;
  /** What to do, in full sentences; beside a command, if it does not help. */
  readonly advice: string;
  /** The page on this kind, from the root of the repository. */
  readonly help: string;
  /** Who has to act. */
  readonly actor: Actor;
  /** The exit status of the default table. */
  readonly exitCode: number;
  /** Whether the host may delete the temporary keys that it stored itself. */
  readonly safeToDiscard: boolean;
  /** The profile in use. */
  readonly profile: string | null;
  /** The service that answered, for example `S3`. */
  readonly service: string | null;
  /** The operation that failed, for example `PutObject`. */
  readonly operation: string | null;
  /** The code that the service gave, for example `ExpiredToken`. */
  readonly awsCode: string | null;
  /** The HTTP status. */
  readonly status: number | null;
  /** The request id that the service gave. */
  readonly requestId: string | null;
  /** The permission that is lacking, for example `s3:PutObject`. */
  readonly requiredPermission: string | null;
  /** The resource that the permission is for, usually an ARN. */
  readonly resource: string | null;
  /** The fact that settled what the error left open, as one clause. */
  readonly settledBy: string | null;
  /** The stable id of the rule that decided. */
  readonly rule: string;
  /** Message, action and detail as a person reads them, on three lines. */
  readonly text: string;
}

/** The error object for programs; its JSON Schema ships with the package. */
export interface ErrorObject {
  /** Always `false`. */
  readonly ok: false;
  /** The fields of a {@link Diagnosis} except `text`, in snake_case. */
  readonly error: {
    readonly [
      Name in keyof Diagnosis as Name extends "text" ? never : SnakeCase<Name>
    ]: Diagnosis[Name];
  };
}

/** The name `expiredAt` as `expired_at`. */
export type SnakeCase<Name extends string> = Name extends
  `${infer First}${infer Rest}` ? `${First extends Lowercase<First> ? First
    : `_${Lowercase<First>}`}${SnakeCase<
    Rest
  >}`
  : Name;
