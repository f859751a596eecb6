import {
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
} from "npm:@aws-sdk/client-s3@3.1169.0";

import type { Connection } from "./connection.ts";
import { statusOf } from "./wrap_error.ts";

/** Where a lock lies and how long it holds. */
export interface LockOptions {
  bucket: string;
  key: string;
  /** After how many milliseconds another run may take it over. */
  ttl: number;
}

/** Somebody else holds the lock. */
export class LockHeld extends Error {
  override name = "LockHeld";
  readonly code = "lock_timeout";
}

interface Holder {
  owner: string;
  until: number;
}

/**
 * A lock that is one object: S3 creates it only where there is none.
 *
 * `If-None-Match: *` makes the creation conditional, `If-Match` the takeover of
 * a lock whose holder has gone.
 */
export class S3Lock {
  readonly #connection: Connection;
  readonly #options: LockOptions;
  readonly #owner = crypto.randomUUID();
  #etag: string | undefined;

  constructor(connection: Connection, options: LockOptions) {
    this.#connection = connection;
    this.#options = options;
  }

  /** Takes the lock, or throws {@link LockHeld}. */
  async acquire(): Promise<void> {
    if (await this.#put({ IfNoneMatch: "*" })) return;
    const held = await this.#holder();
    const takeover = held === undefined
      ? { IfNoneMatch: "*" }
      : held.until < Date.now()
      ? { IfMatch: held.etag }
      : undefined;
    if (takeover !== undefined && await this.#put(takeover)) return;
    throw new LockHeld(`the lock is held by ${held?.owner ?? "another run"}`);
  }

  /** Gives the lock back; no harm is done where it has been taken over. */
  async release(): Promise<void> {
    const { bucket: Bucket, key: Key } = this.#options;
    const IfMatch = this.#etag;
    if (IfMatch === undefined) return;
    this.#etag = undefined;
    await this.#connection.attempt(
      "DeleteObject",
      (client) =>
        client.send(new DeleteObjectCommand({ Bucket, Key, IfMatch }))
          .catch(unlessStatus(404, 409, 412)),
    );
  }

  /** Whether the conditional put went through. */
  async #put(
    condition: { IfNoneMatch: string } | { IfMatch: string },
  ): Promise<boolean> {
    const { bucket: Bucket, key: Key, ttl } = this.#options;
    const holder: Holder = { owner: this.#owner, until: Date.now() + ttl };
    const put = new PutObjectCommand({
      Bucket,
      Key,
      Body: JSON.stringify(holder),
      ContentType: "application/json",
      ...condition,
    });
    const answer = await this.#connection.attempt("PutObject", (client) =>
      // The condition did not hold (412), or two writers met (409).
      client.send(put).catch(unlessStatus(409, 412)));
    this.#etag = answer?.ETag;
    return answer !== undefined;
  }

  async #holder(): Promise<(Holder & { etag: string }) | undefined> {
    const { bucket: Bucket, key: Key } = this.#options;
    const answer = await this.#connection.attempt(
      "GetObject",
      (client) =>
        client.send(new GetObjectCommand({ Bucket, Key }))
          .catch(unlessStatus(404)),
    );
    const content = await answer?.Body?.transformToString();
    return content
      ? { ...JSON.parse(content) as Holder, etag: answer?.ETag ?? "" }
      : undefined;
  }
}

/** Takes an answer with one of these statuses for none; throws all others. */
function unlessStatus(...statuses: number[]): (error: unknown) => undefined {
  return (error) => {
    if (!statuses.includes(statusOf(error) ?? 0)) throw error;
  };
}
