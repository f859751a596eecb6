/**
 * Makes one call with the real SDK and prints what credlapse says of it.
 *
 * Runs in a process of its own, because the SDK reads the environment and the
 * AWS files once: `deno run call.ts <operation> <bucket> [settings as JSON]`.
 *
 * @module
 */

import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
} from "@aws-sdk/client-s3";

import { credlapsePlugin, diagnose } from "../mod.ts";
import { profileFacts } from "../profile.ts";

const [operation, Bucket, settings = "{}"] = Deno.args;
const config: S3ClientConfig = JSON.parse(settings);
const client = new S3Client({
  forcePathStyle: true,
  maxAttempts: 1,
  ...config,
});
client.middlewareStack.use(credlapsePlugin({
  context: () => ({ subject: "Datastore", facts: profileFacts() }),
}));

const object = { Bucket, Key: "prefix/lock.json" };

function call(): Promise<unknown> {
  switch (operation) {
    case "lock":
      return client.send(
        new PutObjectCommand({ ...object, Body: "me", IfNoneMatch: "*" }),
      );
    case "put":
      return client.send(new PutObjectCommand({ ...object, Body: "me" }));
    case "get":
      return client.send(new GetObjectCommand(object));
    case "head":
      return client.send(new HeadObjectCommand(object));
    default:
      return client.send(new ListObjectsV2Command({ Bucket }));
  }
}

try {
  await call();
  console.log(JSON.stringify({ thrown: null }));
} catch (error) {
  const { name, message } = error as Error;
  const diagnosis = diagnose(error) ?? null;
  console.log(JSON.stringify({ thrown: `${name}: ${message}`, diagnosis }));
}
