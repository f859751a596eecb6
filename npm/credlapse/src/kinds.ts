/**
 * The names that the core uses. A test compares every list with the Rust
 * enum of the same name.
 *
 * @module
 */

/** Every {@link Kind}, in the order of the documentation. */
export const KINDS = [
  "sso_session_expired",
  "login_session_expired",
  "session_token_expired",
  "web_identity_expired",
  "credentials_missing",
  "sso_not_logged_in",
  "login_not_logged_in",
  "invalid_access_key",
  "invalid_token",
  "signature_mismatch",
  "web_identity_invalid",
  "profile_not_found",
  "profile_misconfigured",
  "credential_process_failed",
  "mfa_required",
  "metadata_unavailable",
  "permission_denied",
  "assume_role_denied",
  "sso_access_denied",
  "account_problem",
  "clock_skew",
  "presigned_url_expired",
  "ambiguous_auth",
] as const;

/** The fine class of a failure: it says what to tell a person. */
export type Kind = typeof KINDS[number];

/** Every {@link Code}. */
export const CODES = [
  "CREDENTIALS_EXPIRED",
  "CREDENTIALS_MISSING",
  "CREDENTIALS_INVALID",
  "CREDENTIALS_MISCONFIGURED",
  "CREDENTIALS_UNAVAILABLE",
  "PERMISSION_DENIED",
  "CLOCK_SKEW",
  "URL_EXPIRED",
  "AUTH_AMBIGUOUS",
] as const;

/** The coarse class of a failure: it says what a program may do. */
export type Code = typeof CODES[number];

/** Every {@link Confidence}, the surest last. */
export const CONFIDENCES = ["possible", "likely", "definite"] as const;

/** How sure a diagnosis is. */
export type Confidence = typeof CONFIDENCES[number];

/** Every {@link Retry}. */
export const RETRIES = [
  "after_reauth",
  "after_refresh",
  "after_login",
  "after_new_credentials",
  "after_fix",
  "maybe_later",
  "never",
  "after_clock",
  "with_new_url",
  "never_blindly",
] as const;

/** What has to happen before the same call can succeed. */
export type Retry = typeof RETRIES[number];

/** Every {@link Actor}. */
export const ACTORS = ["user", "admin", "developer", "platform"] as const;

/** Who has to act. */
export type Actor = typeof ACTORS[number];

/** Every {@link CredentialSource}. */
export const CREDENTIAL_SOURCES = [
  "environment",
  "static_profile",
  "sso",
  "login",
  "assume_role",
  "web_identity",
  "process",
  "container",
  "instance",
  "caller",
] as const;

/** Where credentials come from. */
export type CredentialSource = typeof CREDENTIAL_SOURCES[number];

/** Every {@link TokenState}. */
export const TOKEN_STATES = [
  "unknown",
  "missing",
  "damaged",
  "expired",
  "valid",
] as const;

/** The state of a cached token. */
export type TokenState = typeof TOKEN_STATES[number];

/** Every {@link ProfileChoice}. */
export const PROFILE_CHOICES = [
  "default",
  "argument",
  "aws_profile",
  "aws_default_profile",
] as const;

/** What chose a profile. */
export type ProfileChoice = typeof PROFILE_CHOICES[number];

/** Every {@link Shell}. */
export const SHELLS = ["posix", "powershell", "cmd"] as const;

/** The shell in which a shown command will be typed. */
export type Shell = typeof SHELLS[number];

/** Every built-in {@link ExitTable}. */
export const EXIT_TABLES = [
  "default",
  "cli-agent-spec-2026-07",
  "rc",
  "sysexits",
] as const;

/** The name of a built-in table of exit statuses. */
export type ExitTableName = typeof EXIT_TABLES[number];
