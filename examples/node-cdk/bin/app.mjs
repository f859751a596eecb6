// The app as an ES module; `app.cjs` is the same in CommonJS.

import { App } from "aws-cdk-lib";
import { preflight } from "credlapse";

import { SiteStack } from "../lib/site_stack.cjs";

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
