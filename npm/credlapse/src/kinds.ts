/**
 * The names that the core uses. A test compares each type and each list
 * with the Rust enum of the same name.
 *
 * @module
 */

/** The fine class of a failure: it says what to tell a person. */
export type Kind =
  | "sso_session_expired"
  | "login_session_expired"
  | "session_token_expired"
  | "web_identity_expired"
  | "credentials_missing"
  | "sso_not_logged_in"
  | "login_not_logged_in"
  | "invalid_access_key"
  | "invalid_token"
  | "signature_mismatch"
  | "web_identity_invalid"
  | "profile_not_found"
  | "profile_misconfigured"
  | "credential_process_failed"
  | "mfa_required"
  | "metadata_unavailable"
  | "permission_denied"
  | "assume_role_denied"
  | "sso_access_denied"
  | "account_problem"
  | "clock_skew"
  | "presigned_url_expired"
  | "ambiguous_auth";

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
] as const satisfies readonly Kind[];

/** The coarse class of a failure: it says what a program may do. */
export type Code =
  | "CREDENTIALS_EXPIRED"
  | "CREDENTIALS_MISSING"
  | "CREDENTIALS_INVALID"
  | "CREDENTIALS_MISCONFIGURED"
  | "CREDENTIALS_UNAVAILABLE"
  | "PERMISSION_DENIED"
  | "CLOCK_SKEW"
  | "URL_EXPIRED"
  | "AUTH_AMBIGUOUS";

/** How sure a diagnosis is. */
export type Confidence = "possible" | "likely" | "definite";

/** What has to happen before the same call can succeed. */
export type Retry =
  | "after_reauth"
  | "after_refresh"
  | "after_login"
  | "after_new_credentials"
  | "after_fix"
  | "maybe_later"
  | "never"
  | "after_clock"
  | "with_new_url"
  | "never_blindly";

/** Who has to act. */
export type Actor = "user" | "admin" | "developer" | "platform";

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

/** The state of a cached token. */
export type TokenState =
  | "unknown"
  | "missing"
  | "damaged"
  | "expired"
  | "valid";

/** What chose a profile. */
export type ProfileChoice =
  | "default"
  | "argument"
  | "aws_profile"
  | "aws_default_profile";

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
