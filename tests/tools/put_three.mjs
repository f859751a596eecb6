/**
 * Stores three objects with the AWS SDK for JavaScript, as a script of somebody who knows nothing of
 * credlapse: `node put_three.mjs <bucket>`.
 *
 * @module
 */

import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";

const [Bucket] = process.argv.slice(2);
const s3 = new S3Client({ forcePathStyle: true });
for (const number of [1, 2, 3]) {
  await s3.send(
    new PutObjectCommand({ Bucket, Key: `three/${number}`, Body: "me" }),
  );
  console.log(`stored ${number}`);
}
