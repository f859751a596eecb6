/**
 * Makes one call with the AWS SDK v3 and prints what credlapse says of it.
 *
 * Runs in a process of its own, because the SDK reads the environment and the
 * AWS files once: `node call_v3.mjs <client-s3> <operation> <bucket> <settings as JSON>`.
 *
 * @module
 */

import { library } from "./library.mjs";

const [sdk, operation, Bucket, settings] = process.argv.slice(2);
const {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} = await import(sdk);
const { credlapsePlugin, diagnose, profileFacts } = library();

const client = new S3Client({
  forcePathStyle: true,
  maxAttempts: 1,
  ...JSON.parse(settings),
});
client.middlewareStack.use(credlapsePlugin({
  context: () => ({ subject: "Datastore", facts: profileFacts() }),
}));

const object = { Bucket, Key: "prefix/lock.json" };
const commands = {
  lock: () => new PutObjectCommand({ ...object, Body: "me" }),
  put: () => new PutObjectCommand({ ...object, Body: "me" }),
  get: () => new GetObjectCommand(object),
  head: () => new HeadObjectCommand(object),
  list: () => new ListObjectsV2Command({ Bucket }),
};
if (operation === "lock") {
  // As a header, because older versions have no member for it.
  client.middlewareStack.add(
    (next) => (args) => {
      args.request.headers["if-none-match"] = "*";
      return next(args);
    },
    { step: "build", name: "ifNoneMatch" },
  );
}

let thrown = null;
let diagnosis = null;
try {
  await client.send(commands[operation]());
} catch (error) {
  thrown = `${error.name}: ${error.message}`;
  diagnosis = diagnose(error) ?? null;
}
console.log(JSON.stringify({ thrown, diagnosis }));
