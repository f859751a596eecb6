/**
 * What a check of credentials comes to, as plain data.
 *
 * @module
 */

import type {
  Code,
  CredentialSource,
  ProfileChoice,
  TokenState,
} from "./kinds.ts";
import type { Diagnosis } from "./types.ts";

/** What the core makes of a situation. Every text is redacted. */
export interface Check {
  /** The name and version of this shape: `urn:credlapse:check:1`. */
  readonly schema: string;
  /** Whether nothing stands in the way. */
  readonly ok: boolean;
  /** The exit status of the default table; 69 where STS was asked and could not be reached. */
  readonly exitCode: number;
  /** What a program may do about it; `null` where nothing stands in the way. */
  readonly code: Code | null;
  /** What it comes to, in one sentence. */
  readonly message: string;
  /** When it was checked (RFC 3339). */
  readonly checkedAt: string;
  /** Whether STS was asked. */
  readonly online: boolean;
  /** The profile in use. */
  readonly profile: string;
  /** What chose it. */
  readonly chosenBy: ProfileChoice;
  /** Where the credentials come from. */
  readonly source: CredentialSource | null;
  /** What the profile would use if no keys stood in the environment. */
  readonly shadowedSource: CredentialSource | null;
  /** The profile that has to log in, where it is another. */
  readonly loginProfile: string | null;
  /** The SSO session, its start URL, or the identity of `aws login`. */
  readonly session: string | null;
  /** The role that the profile assumes. */
  readonly roleArn: string | null;
  /** The state of the cached token, where the credentials come from one. */
  readonly token: TokenState;
  /** Whether an SDK can renew the token by itself. */
  readonly canRefresh: boolean;
  /** Whether temporary keys are in play. */
  readonly hasSessionToken: boolean;
  /** When the token or the keys end or ended (RFC 3339). */
  readonly expiresAt: string | null;
  /** How many seconds are left; 0 where it has ended. */
  readonly remainingSeconds: number | null;
  /** The Region. */
  readonly region: string | null;
  /** The account: what STS said, else what the configuration names. */
  readonly account: string | null;
  /** Who the caller is, where STS said so. */
  readonly arn: string | null;
  /** By how many seconds the clock of AWS is ahead, where STS was asked. */
  readonly clockOffsetSeconds: number | null;
  /** The login that helps, where it survives a naive split on spaces. */
  readonly reauthCommand: string | null;
  /** The login that helps, as separate arguments. */
  readonly reauthArgv: readonly string[] | null;
  /** What is worth saying, problems first. */
  readonly findings: readonly Finding[];
  /** Why a call fails, where one does. */
  readonly error: Diagnosis | null;
  /** All of it as a person reads it, on several lines. */
  readonly text: string;
}

/** One thing that is worth saying, and what to do about it. */
export interface Finding {
  /** What it is: `wrong_account`, `ends_too_soon`, `cached_account_differs`, ... */
  readonly code: string;
  /** With a problem a call fails or does what was not meant. */
  readonly severity: "problem" | "warning";
  /** What is so, in one sentence. */
  readonly message: string;
  /** What to do, in full sentences. */
  readonly advice: string;
  /** The command that repairs it; `null` where there is none. */
  readonly argv: readonly string[] | null;
}
