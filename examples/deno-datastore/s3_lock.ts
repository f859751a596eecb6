import {
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  type S3Client,
} from "npm:@aws-sdk/client-s3@3.1169.0";

import { statusOf, wrapError } from "./wrap_error.ts";

/** Where a lock lies and how long it holds. */
export interface LockOptions {
  bucket: string;
  key: string;
  /** After how many milliseconds another holder may take it over. */
  ttl?: number;
  profile?: string | undefined;
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
  readonly #client: S3Client;
  readonly #options: LockOptions;
  readonly #owner = crypto.randomUUID();
  #etag: string | undefined;

  constructor(client: S3Client, options: LockOptions) {
    this.#client = client;
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
    if (this.#etag === undefined) return;
    try {
      await this.#client.send(
        new DeleteObjectCommand({ Bucket, Key, IfMatch: this.#etag }),
      );
    } catch (error) {
      if (!isConflict(error)) throw this.#wrap("DeleteObject", error);
    }
    this.#etag = undefined;
  }

  /** Whether the conditional put went through. */
  async #put(
    condition: { IfNoneMatch: string } | { IfMatch: string },
  ): Promise<boolean> {
    const { bucket: Bucket, key: Key, ttl = 60_000 } = this.#options;
    const holder: Holder = { owner: this.#owner, until: Date.now() + ttl };
    try {
      const { ETag } = await this.#client.send(
        new PutObjectCommand({
          Bucket,
          Key,
          Body: JSON.stringify(holder),
          ContentType: "application/json",
          ...condition,
        }),
      );
      this.#etag = ETag;
      return true;
    } catch (error) {
      if (isConflict(error)) return false;
      throw this.#wrap("PutObject", error);
    }
  }

  async #holder(): Promise<(Holder & { etag: string }) | undefined> {
    const { bucket: Bucket, key: Key } = this.#options;
    try {
      const { Body, ETag = "" } = await this.#client.send(
        new GetObjectCommand({ Bucket, Key }),
      );
      const holder: Holder = JSON.parse(
        await Body?.transformToString() ?? "{}",
      );
      return { ...holder, etag: ETag };
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw this.#wrap("GetObject", error);
    }
  }

  #wrap(operation: string, error: unknown): Error {
    return wrapError(operation, error, this.#options.profile);
  }
}

/** The condition did not hold (412), or two writers met (409). */
function isConflict(error: unknown): boolean {
  return [409, 412].includes(statusOf(error) ?? 0);
}
