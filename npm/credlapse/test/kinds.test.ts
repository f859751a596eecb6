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

/** The names of a type that is a union of them. */
function union(type: string): (string | undefined)[] {
  const file = new URL("../src/kinds.ts", import.meta.url);
  const [, body = ""] = readFileSync(file, "utf8").split(
    `export type ${type} =`,
  );
  return quoted(body.slice(0, body.indexOf(";")));
}

describe("the names are those of the core", () => {
  for (
    const [type, file] of [
      ["Kind", "kind.rs"],
      ["Code", "kind.rs"],
      ["Confidence", "kind.rs"],
      ["Retry", "kind.rs"],
      ["Actor", "remedy.rs"],
      ["TokenState", "profile/facts.rs"],
      ["ProfileChoice", "profile/facts.rs"],
    ] as const
  ) {
    it(type, () => deepEqual(union(type), named(file, type)));
  }
  const lists: Record<string, [readonly string[], string[]]> = {
    Kind: [kinds.KINDS, named("kind.rs", "Kind")],
    CredentialSource: [
      kinds.CREDENTIAL_SOURCES,
      named("evidence.rs", "CredentialSource"),
    ],
    Shell: [kinds.SHELLS, named("remedy.rs", "Shell")],
  };
  for (const [name, [ours, theirs]] of Object.entries(lists)) {
    it(`every ${name}`, () => deepEqual(ours, theirs));
  }
});
