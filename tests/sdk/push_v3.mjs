/**
 * A push with the AWS SDK v3: `node push_v3.mjs <client-s3> <bucket> <count>`.
 *
 * @module
 */

import { library } from "./library.mjs";
import { push } from "./push.mjs";

const [sdk, Bucket, count] = process.argv.slice(2);
const { PutObjectCommand, S3Client } = await import(sdk);
const { credlapsePlugin, profileFacts } = library();

function connect() {
  const client = new S3Client({ forcePathStyle: true, maxAttempts: 1 });
  client.middlewareStack.use(credlapsePlugin({
    context: () => ({ subject: "Push", facts: profileFacts() }),
  }));
  return client;
}

await push(
  count,
  connect,
  (client, Key) =>
    client.send(new PutObjectCommand({ Bucket, Key, Body: Key })),
);
