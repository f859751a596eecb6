/**
 * An S3 datastore as an extension: one folder here, one prefix there.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { dirname, join, relative } from "node:path";

import {
  GetObjectCommand,
  paginateListObjectsV2,
  PutObjectCommand,
} from "npm:@aws-sdk/client-s3@3.1169.0";

import { Connection, type Host, type Settings } from "./connection.ts";
import { S3Lock } from "./s3_lock.ts";

export type { Host, Settings };

/** What the host gets from {@link open}. */
export interface Datastore {
  /** Takes the lock of the whole prefix; the result gives it back. */
  lock(): Promise<() => Promise<void>>;
  /** Uploads what differs; gives the names of what it uploaded. */
  push(folder: string): Promise<string[]>;
  /** Downloads everything; gives the names of what it downloaded. */
  pull(folder: string): Promise<string[]>;
}

/** Opens a datastore; talks to nobody yet. */
export function open(settings: Settings, host: Host = {}): Datastore {
  const { bucket: Bucket, prefix = "", lockTtl = 60_000 } = settings;
  const connection = new Connection(settings, host);

  /** What lies in the bucket: entity tags by name. */
  function list(): Promise<Map<string, string>> {
    return connection.attempt("ListObjectsV2", async (client) => {
      const found = new Map<string, string>();
      const pages = paginateListObjectsV2({ client }, {
        Bucket,
        Prefix: `${prefix}data/`,
      });
      for await (const page of pages) {
        for (const { Key = "", ETag = "" } of page.Contents ?? []) {
          found.set(Key.slice(`${prefix}data/`.length), ETag);
        }
      }
      return found;
    });
  }

  return {
    async lock() {
      const lock = new S3Lock(connection, {
        bucket: Bucket,
        key: `${prefix}lock.json`,
        ttl: lockTtl,
      });
      await lock.acquire();
      return () => lock.release();
    },

    async push(folder) {
      const remote = await list();
      const uploaded: string[] = [];
      for (const name of files(folder)) {
        const Body = await Deno.readFile(join(folder, name));
        // What an earlier push has uploaded is not sent again, so that a push
        // that was cut off by an ended session goes on where it stopped.
        if (remote.get(name) === etagOf(Body)) continue;
        const Key = `${prefix}data/${name}`;
        await connection.attempt(
          "PutObject",
          (client) => client.send(new PutObjectCommand({ Bucket, Key, Body })),
        );
        uploaded.push(name);
      }
      return uploaded;
    },

    async pull(folder) {
      const names = [...(await list()).keys()];
      for (const name of names) {
        const Key = `${prefix}data/${name}`;
        const content = await connection.attempt(
          "GetObject",
          async (client) => {
            const get = new GetObjectCommand({ Bucket, Key });
            const { Body } = await client.send(get);
            return await Body?.transformToByteArray() ?? new Uint8Array();
          },
        );
        const path = join(folder, name);
        await Deno.mkdir(dirname(path), { recursive: true });
        await Deno.writeFile(path, content);
      }
      return names;
    },
  };
}

/** The files below a folder, sorted, with `/` between folders. */
function files(folder: string): string[] {
  const found: string[] = [];
  const open = [folder];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const entry of Deno.readDirSync(at)) {
      const path = join(at, entry.name);
      if (entry.isDirectory) open.push(path);
      if (entry.isFile) {
        found.push(relative(folder, path).replaceAll("\\", "/"));
      }
    }
  }
  return found.sort();
}

/** The entity tag that S3 gives to an object that was put in one piece. */
function etagOf(content: Uint8Array): string {
  return `"${createHash("md5").update(content).digest("hex")}"`;
}
