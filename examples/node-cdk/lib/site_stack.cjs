"use strict";

const path = require("node:path");

const { RemovalPolicy, Stack } = require("aws-cdk-lib");
const { BlockPublicAccess, Bucket } = require("aws-cdk-lib/aws-s3");
const { BucketDeployment, Source } = require("aws-cdk-lib/aws-s3-deployment");

/** A bucket, and the files of `site` in it. */
class SiteStack extends Stack {
  constructor(scope, id, props) {
    super(scope, id, props);
    const destinationBucket = new Bucket(this, "Site", {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new BucketDeployment(this, "Files", {
      destinationBucket,
      sources: [Source.asset(path.join(__dirname, "../site"))],
    });
  }
}

module.exports = { SiteStack };
