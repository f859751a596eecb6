/**
 * A push with the AWS SDK v2: `node push_v2.mjs <bucket> <count>`.
 *
 * @module
 */

import AWS from "aws-sdk";

import { library } from "./library.mjs";
import { push } from "./push.mjs";

const [Bucket, count] = process.argv.slice(2);
const { profileFacts } = library();

// This SDK knows neither AWS_ENDPOINT_URL nor how to be asked for fewer words.
const { AWS_ENDPOINT_URL: endpoint, AWS_REGION: region } = process.env;
AWS.config.update({ region, maxRetries: 0 });
AWS.config.sso = { endpoint };

await push(
  count,
  () => new AWS.S3({ endpoint, s3ForcePathStyle: true }),
  (client, Key) => client.putObject({ Bucket, Key, Body: Key }).promise(),
  { context: () => ({ subject: "Push", facts: profileFacts() }) },
);
