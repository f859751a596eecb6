/**
 * What this machine says before a call.
 *
 * @module
 */

import { readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { env as variables, platform } from "node:process";

import { ask } from "./check_backend.ts";
import { oneOf, time } from "./context.ts";
import type {
  Documents,
  ProfileSettings,
  ProgramState,
  Situation,
} from "./core.ts";
import { text } from "./evidence.ts";
import { type Shell, SHELLS } from "./kinds.ts";
import { native } from "./native.ts";
import { gather, type LocalHost, placeOf, VARIABLES } from "./profile.ts";
import { secrets } from "./secrets.ts";
import type { ProfileFacts } from "./types.ts";

/** What is expected of the credentials, and of whom. */
export interface Expectation {
  /** The profile, where the environment does not choose it. */
  readonly profile?: string | undefined;
  /** The account that the credentials have to be of, as a text of 12 digits. */
  readonly account?: string | undefined;
  /** The Region that has to be configured. */
  readonly region?: string | undefined;
  /** For how many seconds the session has to be good. */
  readonly minRemaining?: number | undefined;
  /** What is going to use the credentials, in your own words: "Deploy". */
  readonly subject?: string | undefined;
  /** The shell in which a shown command will be typed. */
  readonly shell?: Shell | undefined;
  /** Where the AWS CDK caches its lookups; `cdk.context.json` unless it is given. */
  readonly cdkContext?: string | undefined;
  /** The time at which tokens are judged; the present unless it is given. */
  readonly now?: Date | string | undefined;
}

/** A situation, and files of the project. */
export interface Looked {
  readonly situation: Situation;
  readonly documents: Documents;
}

/** The variables that count beside {@link VARIABLES}; a test compares them with the core's. */
export const SETTINGS_VARIABLES = [
  "AWS_DEFAULT_REGION",
  "AWS_REGION",
  "AWS_SDK_LOAD_CONFIG",
] as const;

/** Looks at the files and variables of this machine; `undefined` where the core cannot be started. */
export function look(expectation: Expectation): Looked | undefined {
  const { profile, subject, shell } = expectation;
  const { now = new Date().toISOString(), cdkContext, expected } = understood(
    expectation,
  );
  const local = localSituation(text(profile), now);
  if (local === undefined) return undefined;
  const { facts, settings, read } = local;
  return {
    situation: {
      facts,
      settings,
      expected,
      files: modes(read),
      program: programState(settings.credentialProcess),
      now,
      utcOffset: utcOffset(facts.expiresAt ?? now),
      subject: text(subject),
      shell: oneOf(SHELLS, shell) ??
        (platform === "win32" ? "powershell" : "posix"),
      secrets: secrets(),
    },
    documents: [
      ["cdk.context.json", cdkContext ?? "cdk.context.json"],
      ["package.json", "package.json"],
      ["go.mod", "go.mod"],
    ].flatMap(([name = "", path = ""]) => {
      const content = readFile(path);
      return content === null ? [] : [[name, content] as const];
    }),
  };
}

/** What the AWS files say, and which of them exist. */
export interface LocalSituation {
  readonly facts: ProfileFacts;
  readonly settings: ProfileSettings;
  readonly read: readonly string[];
}

function localSituation(
  profile: string | undefined,
  now: string,
): LocalSituation | undefined {
  const names = [...VARIABLES, ...SETTINGS_VARIABLES];
  if (native !== undefined) {
    const env = names.flatMap((name) => {
      const value = variables[name];
      return value === undefined ? [] : [[name, value] as const];
    });
    try {
      return native.localSituation({ profile, env, now });
    } catch {
      return undefined;
    }
  }
  const { local, facts } = gather(thisMachine(), { profile, now }, names);
  const settings = ask((core) => core.profileSettings(local));
  const read = local.files.flatMap(([path, content]) =>
    content === null ? [] : [path]
  );
  return facts && settings && { facts, settings, read };
}

/** How Node.js reads what the core asks for. */
export function thisMachine(): LocalHost {
  return {
    variable: (name) => variables[name],
    read: readFile,
    home: home() ?? null,
  };
}

/** The home directory; a user without a name has none. */
export function home(): string | undefined {
  const { HOME, USERPROFILE } = variables;
  try {
    return HOME || USERPROFILE || homedir() || undefined;
  } catch {
    return undefined;
  }
}

/** The content of a regular file; nothing else is opened: a pipe would block. */
export function readFile(path: string): string | null {
  try {
    return statSync(path).isFile() ? readFileSync(path, "utf8") : null;
  } catch {
    return null;
  }
}

/** What is expected, and the names of what the core could not read. */
interface Understood {
  readonly expected: Situation["expected"];
  readonly cdkContext: string | undefined;
  readonly now: string | undefined;
}

function understood(given: Expectation): Understood {
  const account: unknown = given.account;
  const expected = {
    account: text(
      // As a number, an account has lost its leading zeros.
      typeof account === "number" ? `${account}`.padStart(12, "0") : account,
    ),
    region: text(given.region),
    minRemaining: seconds(given.minRemaining),
  };
  const place = { cdkContext: text(given.cdkContext), now: time(given.now) };
  const { profile } = given;
  const all = {
    ...expected,
    // An SDK, too, takes the empty name for none.
    profile: profile === "" ? profile : text(profile),
    ...place,
  };
  const names = Object.keys(all) as (keyof typeof all)[];
  const unreadable: string[] = names.filter((name) =>
    given[name] !== undefined && all[name] === undefined
  );
  if (!isObject(given)) unreadable.push("options");
  return { ...place, expected: { ...expected, unreadable } };
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && !Array.isArray(value);
}

function seconds(value: unknown): number | undefined {
  return typeof value === "number" && value >= 0
    ? Math.min(Math.trunc(value), 2 ** 32 - 1)
    : undefined;
}

/** The permissions of files, where the system has such. */
function modes(paths: readonly string[]): { path: string; mode: number }[] {
  if (platform === "win32") return [];
  const below = home();
  return paths.toSorted().flatMap((path) => {
    const mode = modeOf(placeOf(path, below));
    return mode === undefined ? [] : [{ path, mode }];
  });
}

function modeOf(path: string | undefined): number | undefined {
  try {
    return path === undefined ? undefined : statSync(path).mode;
  } catch {
    return undefined;
  }
}

/** Whether a program can be run, looked for as a shell does. */
function programState(name: string | null): ProgramState {
  // Elsewhere, which files can be run is not a matter of permissions.
  if (name === null || platform === "win32") return "unknown";
  const paths = name.includes("/")
    ? [name]
    : (variables.PATH ?? "").split(delimiter).map((dir) => join(dir, name));
  let state: ProgramState = "missing";
  for (const path of paths) {
    try {
      const stat = statSync(path);
      if (!stat.isFile()) continue;
      if ((stat.mode & 0o111) !== 0) return "executable";
      state = "not_executable";
    } catch {
      // Not there.
    }
  }
  return state;
}

/** By how much local time is ahead of UTC at a time; `undefined` where they are the same. */
function utcOffset(at: string): string | undefined {
  const minutes = -new Date(at).getTimezoneOffset();
  if (!minutes) return undefined;
  const part = (number: number) =>
    Math.trunc(Math.abs(number)).toString().padStart(2, "0");
  const sign = minutes < 0 ? "-" : "+";
  return `${sign}${part(minutes / 60)}:${part(minutes % 60)}`;
}
