"use strict";

// The app in CommonJS; `app.mjs` is the same as an ES module.

const { App } = require("aws-cdk-lib");
const { preflight } = require("credlapse");

const { SiteStack } = require("../lib/site_stack.cjs");

async function main() {
  const found = await preflight({
    subject: "Deploy",
    account: process.env.DEPLOY_ACCOUNT,
    minRemaining: 15 * 60,
  });
  if (!found.ok) {
    console.error(found.text);
    process.exit(found.exitCode);
  }
  const app = new App();
  const env = { account: found.account, region: found.region };
  new SiteStack(app, "Site", { env });
  app.synth();
}

main();
