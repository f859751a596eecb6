/**
 * Makes one call with the AWS SDK v2 and prints what credlapse says of it.
 *
 * `node call_v2.mjs <operation> <bucket> <settings as JSON>`
 *
 * @module
 */

import AWS from "aws-sdk";

import { library } from "./library.mjs";

const [operation, Bucket, settings] = process.argv.slice(2);
const { diagnose, profileFacts } = library();

// This SDK knows neither AWS_ENDPOINT_URL nor how to be asked for fewer words.
const { AWS_ENDPOINT_URL: endpoint, AWS_REGION: region } = process.env;
AWS.config.update({ region, maxRetries: 0 });
for (const service of ["sso", "ssooidc", "sts"]) {
  AWS.config[service] = { endpoint };
}
const client = new AWS.S3({
  endpoint,
  s3ForcePathStyle: true,
  ...JSON.parse(settings),
});

const object = { Bucket, Key: "prefix/lock.json" };
const requests = {
  lock() {
    const request = client.putObject({ ...object, Body: "me" });
    // Its model does not know the header.
    request.on("build", () => {
      request.httpRequest.headers["If-None-Match"] = "*";
    });
    return request;
  },
  put: () => client.putObject({ ...object, Body: "me" }),
  get: () => client.getObject(object),
  head: () => client.headObject(object),
  list: () => client.listObjectsV2({ Bucket }),
};

function report(error) {
  const diagnosis = diagnose(error, {
    subject: "Datastore",
    facts: profileFacts(),
  });
  console.log(JSON.stringify({
    thrown: error ? `${error.code}: ${error.message}` : null,
    diagnosis: diagnosis ?? null,
  }));
}

// It throws some failures past the promise.
process.once("uncaughtException", report);
requests[operation]().promise().then(() => report(), report);
