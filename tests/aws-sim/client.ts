/**
 * Starts the simulator and tells it what to do; for tests under Node and Deno.
 *
 * @example
 * ```ts
 * import { startSim } from "./client.ts";
 *
 * const sim = await startSim();
 * try {
 *   const env = sim.withProfile("sso");
 *   await sim.expire({ sso: { session: "corp" } });
 *   // ... a program run with `env` fails here ...
 *   await sim.login("corp");
 * } finally {
 *   await sim.stop();
 * }
 * ```
 *
 * @module
 */

import { type ChildProcess, spawn } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";

/** Names and values of environment variables. */
export type Variables = Record<string, string>;

/** What the simulator prints when it serves. */
export interface Environment {
  port: number;
  /** `http://127.0.0.1:PORT` */
  url: string;
  /** The home folder, with `.aws` and `bin` in it. */
  home: string;
  /** A bucket that exists. */
  bucket: string;
  /** Endpoints, `HOME` and Region; no credentials. */
  env: Variables;
  /** What to add to `env` so that the default chain takes this source. */
  sources: Record<Source, Variables>;
}

/** A source of credentials that variables choose. */
export type Source =
  | "static"
  | "session"
  | "imds"
  | "container"
  | "web-identity";

/** A profile of the home folder. */
export type Profile =
  | "static"
  | "session"
  | "sso"
  | "sso-legacy"
  | "role"
  | "role-sso"
  | "mfa"
  | "process"
  | "web-identity"
  | "imds"
  | "container";

/** A session of IAM Identity Center: `corp` of profile `sso`, `legacy` of profile `sso-legacy`. */
export type SsoSession = "corp" | "legacy";

/** The services that are played. */
export type Service = "s3" | "sts" | "sso" | "sso-oidc" | "imds" | "container";

/** What can be made to end. */
export type Lapse =
  | {
    sso: {
      session: SsoSession;
      /** The refresh token goes on working. */
      refreshable?: boolean;
      /** Ended by an administrator: the cache file still calls the token valid. */
      revoked?: boolean;
    };
  }
  /** The temporary keys of one origin (`session`, `process`, `corp`, `role`, `imds`, ...), or of all: `*`. */
  | { keys: string }
  | { access_key: string }
  /** The token in the web identity token file. */
  | "web_identity";

/** What a fault does. */
export type Effect =
  /** An error answer. Status and message default to what usually comes with the code. */
  | {
    error: {
      code?: string;
      status?: number;
      message?: string;
      body?: string;
      headers?: Record<string, string>;
    };
  }
  | { delay_ms: number }
  /** Closes the connection: without an answer, or after this many bytes of the body. */
  | { cut: number | null }
  /** The `Date` of the answer is this many seconds off. */
  | { date_offset: number }
  /** Something lapses before the request is looked at. */
  | { expire: Lapse };

/** One order to misbehave; each of the first three narrows the requests that it meets. */
export type Fault = Effect & {
  service?: Service;
  operation?: string;
  /** The path as sent; `*` stands for any text. */
  path?: string;
  /** Matching requests that pass first. */
  after?: number;
  /** How often it happens; once if absent, always if `null`. */
  times?: number | null;
};

/** A permission that is missing; `*` stands for any text. */
export interface Deny {
  action: string;
  resource?: string;
  detail?: "implicit" | "explicit" | "short";
}

/** Keys, as a program gets them. */
export interface Credentials {
  access_key_id: string;
  secret_access_key: string;
  session_token: string | null;
  expires_at: string | null;
}

/** One request and its answer. */
export interface Seen {
  service: Service;
  operation: string;
  method: string;
  path: string;
  access_key_id: string | null;
  attempt: number | null;
  /** 0 if the connection was cut without an answer. */
  status: number;
  code: string | null;
}

/** A running simulator. */
export class Sim {
  /** What it printed. */
  readonly environment: Environment;
  readonly #child: ChildProcess;

  constructor(environment: Environment, child: ChildProcess) {
    this.environment = environment;
    this.#child = child;
  }

  /** `http://127.0.0.1:PORT` */
  get url(): string {
    return this.environment.url;
  }

  /** Endpoints, `HOME` and Region, with a source of credentials. */
  withSource(source: Source): Variables {
    return { ...this.environment.env, ...this.environment.sources[source] };
  }

  /** Endpoints, `HOME` and Region, with `AWS_PROFILE`. */
  withProfile(profile: Profile): Variables {
    return { ...this.environment.env, AWS_PROFILE: profile };
  }

  /** Ends something, at once or later. */
  expire(lapse: Lapse, inSeconds = 0): Promise<void> {
    const order = lapse === "web_identity" ? { web_identity: null } : lapse;
    return this.#order("POST", "expire", { ...order, in_seconds: inSeconds });
  }

  /** Logs in and rewrites the cache file as `aws sso login` does. */
  login(session: SsoSession): Promise<void> {
    return this.#order("POST", "login", { session });
  }

  /** Ends the session and deletes its cache file as `aws sso logout` does. */
  logout(session: SsoSession): Promise<void> {
    return this.#order("POST", "logout", { session });
  }

  /** Hands out new keys or a new token and rewrites the file that holds them. */
  renew(what: "session" | "process" | "web-identity"): Promise<void> {
    return this.#order("POST", "renew", { what });
  }

  /** Makes the `credential_process` fail until it is renewed. */
  failProcess(exit: number, stderr: string): Promise<void> {
    return this.#order("POST", "fail-process", { exit, stderr });
  }

  /** Hands out temporary keys that end in `seconds`, which may be negative. */
  async issue(origin: string, seconds: number): Promise<Credentials> {
    return (await this.#send("POST", "issue", { origin, seconds })).json();
  }

  /** Moves the simulated clock, and sets the life of the role keys that are handed out from now on. */
  settings(
    settings: { clock_offset_seconds?: number; keys_seconds?: number },
  ): Promise<void> {
    return this.#order("POST", "settings", settings);
  }

  fault(fault: Fault): Promise<void> {
    return this.#order("POST", "faults", fault);
  }

  clearFaults(): Promise<void> {
    return this.#order("DELETE", "faults");
  }

  /** Adds a deny rule. Everything that is not denied is allowed. */
  deny(rule: Deny): Promise<void> {
    return this.#order("POST", "denials", rule);
  }

  clearDenials(): Promise<void> {
    return this.#order("DELETE", "denials");
  }

  /** The requests answered so far, oldest first. */
  async requests(): Promise<Seen[]> {
    return (await this.#send("GET", "requests")).json();
  }

  clearRequests(): Promise<void> {
    return this.#order("DELETE", "requests");
  }

  /** Stores an object past all signatures and rules. */
  putObject(
    bucket: string,
    key: string,
    content: string | Uint8Array<ArrayBuffer>,
  ): Promise<void> {
    return this.#order("PUT", `objects/${bucket}/${key}`, content);
  }

  /** The text of an object, past all signatures and rules; `undefined` if there is none. */
  async object(bucket: string, key: string): Promise<string | undefined> {
    const answer = await fetch(`${this.url}/_sim/objects/${bucket}/${key}`);
    const text = await answer.text();
    return answer.ok ? text : undefined;
  }

  /** Ends the simulator and removes its home folder. */
  stop(): Promise<void> {
    const child = this.#child;
    if (child.exitCode !== null) return Promise.resolve();
    return new Promise((resolve) => {
      child.once("exit", () => resolve());
      child.stdin?.end();
    });
  }

  async #order(method: string, path: string, body?: unknown): Promise<void> {
    await (await this.#send(method, path, body)).arrayBuffer();
  }

  async #send(method: string, path: string, body?: unknown): Promise<Response> {
    const raw = typeof body === "string" || body instanceof Uint8Array;
    const answer = await fetch(`${this.url}/_sim/${path}`, {
      method,
      body: body === undefined
        ? undefined
        : raw
        ? body as BodyInit
        : JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`aws-sim: ${(await answer.text()).trim()}`);
    return answer;
  }
}

/**
 * Starts a simulator and waits until it serves.
 *
 * @param command The program; by default `AWS_SIM_BIN`, else the debug build of this workspace.
 */
export function startSim(command: string = defaultCommand()): Promise<Sim> {
  const child = spawn(command, [], { stdio: ["pipe", "pipe", "inherit"] });
  return new Promise((resolve, reject) => {
    let line = "";
    child.once("error", reject);
    child.once(
      "exit",
      (code) =>
        reject(new Error(`${command} ended with ${code} before it served`)),
    );
    child.stdout.setEncoding("utf8");
    child.stdout.on("data", (text: string) => {
      line += text;
      if (line.endsWith("\n")) {
        child.removeAllListeners("exit");
        resolve(new Sim(JSON.parse(line), child));
      }
    });
  });
}

function defaultCommand(): string {
  const fromWorkspace = new URL("../../target/debug/aws-sim", import.meta.url);
  return process.env.AWS_SIM_BIN ?? fileURLToPath(fromWorkspace);
}
