import { deepEqual, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";

import * as kinds from "../src/kinds.ts";
import { VARIABLES } from "../src/profile.ts";
import { SETTINGS_VARIABLES } from "../src/situation.ts";

/** The sources of the core, by file. */
function source(file: string): string {
  const core = "../../../crates/credlapse/src/";
  return readFileSync(new URL(core + file, import.meta.url), "utf8");
}

/** The names that the macro `names!` gives to the variants of an enum. */
function named(file: string, name: string): string[] {
  const body = block(source(file), name);
  return [...body.matchAll(/^\s*\w+ = "([^"]+)",$/gm)].map(([, value]) =>
    value ?? ""
  );
}

function quoted(rust: string): (string | undefined)[] {
  return [...rust.matchAll(/"([^"]+)"/g)].map(([, text]) => text);
}

function block(rust: string, name: string): string {
  const [, body] = rust.split(`pub enum ${name} {`);
  ok(body !== undefined, `the core has no enum ${name}`);
  return body.slice(0, body.search(/^ {0,4}\}/m));
}

it("the variables are those of the core", () => {
  for (
    const [file, variables] of [
      ["profile/local.rs", VARIABLES],
      ["profile/settings.rs", SETTINGS_VARIABLES],
    ] as const
  ) {
    const [, list = ""] = source(file).split("VARIABLES: &");
    deepEqual(
      variables,
      quoted(list.slice(list.indexOf("=\n") + 1, list.indexOf("];"))),
    );
  }
});

it("the exit tables are those of the core", () => {
  const [, list = ""] = source("exit.rs").split("NAMES: &");
  deepEqual(kinds.EXIT_TABLES, quoted(list.slice(0, list.indexOf("];"))));
});

describe("the names are those of the core", () => {
  const lists: Record<string, [readonly string[], string[]]> = {
    Kind: [kinds.KINDS, named("kind.rs", "Kind")],
    Code: [kinds.CODES, named("kind.rs", "Code")],
    Confidence: [kinds.CONFIDENCES, named("kind.rs", "Confidence")],
    Retry: [kinds.RETRIES, named("kind.rs", "Retry")],
    Actor: [kinds.ACTORS, named("remedy.rs", "Actor")],
    CredentialSource: [
      kinds.CREDENTIAL_SOURCES,
      named("evidence.rs", "CredentialSource"),
    ],
    TokenState: [kinds.TOKEN_STATES, named("profile/facts.rs", "TokenState")],
    ProfileChoice: [
      kinds.PROFILE_CHOICES,
      named("profile/facts.rs", "ProfileChoice"),
    ],
    Shell: [kinds.SHELLS, named("remedy.rs", "Shell")],
  };
  for (const [name, [ours, theirs]] of Object.entries(lists)) {
    it(name, () => deepEqual(ours, theirs));
  }
});
