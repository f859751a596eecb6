/**
 * The cases of the corpus: the values that JavaScript threw, and what all printed.
 *
 * @module
 */

import { readFileSync } from "node:fs";

/** One real failure and its label. */
export interface Case {
  readonly id: string;
  readonly expected: Expected;
  /** What was thrown, as a tree of data. */
  readonly thrown: Tree;
}

interface Expected {
  readonly kind: string;
  readonly accept?: readonly string[];
}

interface Tree {
  readonly [name: string]: unknown;
  readonly __shape?: Shape;
}

/** How the properties were laid out. */
interface Shape {
  readonly proto_chain: readonly string[];
  readonly instanceof_Error: boolean;
  readonly non_enumerable: readonly string[];
  readonly accessors: readonly string[];
  readonly name_is_own: boolean;
}

/** Every JavaScript case. */
export function cases(): Case[] {
  return read("javascript");
}

function read(language: string) {
  const path = new URL(`../corpus/${language}.json`, import.meta.url);
  return JSON.parse(readFileSync(path, "utf8"));
}

/** What a tool in another language printed. */
export interface Text {
  readonly id: string;
  readonly text: string;
}

interface Printed {
  readonly id: string;
  readonly display?: string;
  readonly stdout_tail?: string;
  readonly stderr?: string;
}

/** Every text of the Python and the Rust cases. */
export function texts(): Text[] {
  return ["python", "rust"].flatMap((language) =>
    (read(language) as Printed[]).flatMap(
      ({ id, display, stdout_tail, stderr }) => {
        const text = display ?? [stdout_tail, stderr].join("\n");
        return text.trim() === "" ? [] : [{ id, text }];
      },
    )
  );
}

/** The right answers for a case; `undefined` stands for no diagnosis. */
export function accepted({ expected }: Case): (string | undefined)[] {
  return [expected.kind, ...expected.accept ?? []].flatMap((kind) => {
    switch (kind) {
      case "not_auth":
        return [undefined];
      case "wrong_region":
      case "proxy_auth":
      case "unclassifiable":
        return [undefined, "ambiguous_auth"];
      case "missing_dependency":
        return ["profile_misconfigured"];
      default:
        return [kind];
    }
  });
}

/** What a program printed, where the case is a program and not a thrown value. */
export function printed({ thrown }: Case): string | undefined {
  return thrown.__process === true
    ? `${thrown.stdout}\n${thrown.stderr}`
    : undefined;
}

/** The thrown value, with its prototypes and hidden properties. */
export function revive(tree: unknown): unknown {
  if (Array.isArray(tree)) return tree.map(revive);
  if (typeof tree !== "object" || tree === null) return tree;
  const { __shape: shape, ...rest } = tree as Tree;
  if (rest.__undefined === true) return undefined;
  if (typeof rest.__date === "string") return new Date(rest.__date);
  const value = Object.create(prototype(shape));
  for (const [name, content] of Object.entries(rest)) {
    if (shape !== undefined && name === "constructor") continue;
    if (name === "name" && shape?.name_is_own === false) {
      define(Object.getPrototypeOf(value), name, content, false);
      continue;
    }
    const revived = name === "stack" && Array.isArray(content)
      ? content.join("\n")
      : revive(content);
    if (shape?.accessors.includes(name)) {
      Object.defineProperty(value, name, { get: () => revived });
    } else {
      define(value, name, revived, !shape?.non_enumerable.includes(name));
    }
  }
  return value;
}

function define(
  target: object,
  name: string,
  value: unknown,
  enumerable: boolean,
): void {
  Object.defineProperty(target, name, {
    value,
    enumerable,
    writable: true,
    configurable: true,
  });
}

/** A chain of classes with the names that the case had. */
function prototype(shape: Shape | undefined): object {
  let prototype = shape?.instanceof_Error ? Error.prototype : Object.prototype;
  const own = shape?.proto_chain.filter((name) =>
    !["Error", "Object"].includes(name)
  );
  for (const name of own?.toReversed() ?? []) {
    const made = Object.create(prototype);
    define(made, "constructor", { name }, false);
    prototype = made;
  }
  return Object.create(prototype);
}
