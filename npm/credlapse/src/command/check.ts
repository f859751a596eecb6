/**
 * The verb `check`.
 *
 * @module
 */

import process from "node:process";
import { setTimeout } from "node:timers/promises";

import { askIdentity } from "../identity.ts";
import { look, type Looked } from "../situation.ts";
import { write } from "./colour.ts";
import { core, machine } from "./core.ts";
import { CHECK } from "./help.ts";
import {
  chosen,
  FORMATS,
  help,
  HOST_OPTIONS,
  made,
  parsed,
  shell,
} from "./options.ts";
import { print, version } from "./output.ts";
import { BadUsage, STATUS } from "./status.ts";

const MORE = `
Says which profile is active and why, where its credentials come from, whether the session is there
and until when it is good, whether the environment overrides it, and what is wrong with the
configuration. Only local files are read, unless --online asks STS who the caller is, with the
@aws-sdk/client-sts of the project.

  npx credlapse check --account 111122223333 --min-remaining 30m && npx cdk deploy

Exit status: 0 where nothing stands in the way, 10 where the session has ended or ends too soon, 8
for all else, 69 where STS could not be reached, 2 for bad usage. NO_COLOR, CLICOLOR and
CLICOLOR_FORCE choose whether there is colour; by default on a terminal only.
`;

/** What `check --help` prints. */
export function manual(): string {
  return help(CHECK, MORE);
}

/** Looks once, or stays; and gives the exit status. */
export async function run(args: string[]): Promise<number> {
  const { values } = parsed({
    args,
    options: {
      ...HOST_OPTIONS,
      account: { type: "string" },
      "cdk-context": { type: "string" },
      every: { type: "string" },
      format: { type: "string" },
      "min-remaining": { type: "string" },
      online: { type: "boolean" },
      region: { type: "string" },
      watch: { type: "boolean" },
    },
  });
  if (values.help) return print(manual());
  if (values.version) return print(version("credlapse-check"));
  if (values.every !== undefined && !values.watch) {
    throw new BadUsage("'--every' cannot be used without '--watch'");
  }
  const format = chosen("--format", FORMATS, values.format, "human");
  const read = <T>(
    option: "account" | "min-remaining",
    read: (text: string) => T,
  ) => {
    const value = values[option];
    return value === undefined
      ? undefined
      : made(`--${option}`, value, () => read(value));
  };
  const expectation = {
    profile: values.profile,
    account: read("account", core.account),
    region: values.region,
    minRemaining: read("min-remaining", core.seconds),
    cdkContext: values["cdk-context"],
    subject: values.subject,
    shell: shell(values.shell),
  };
  const every = made(
    "--every",
    values.every,
    () => core.interval(values.every),
  );
  const tell = made("--exit-table", values["exit-table"], () =>
    new core.Tell({
      exitTable: values["exit-table"],
      format,
    }, machine));

  const found = async () => {
    const looked = look(expectation);
    if (looked === undefined) throw new Error("the core cannot be started");
    return values.online ? await asked(looked, values.profile) : looked;
  };
  if (!values.watch) {
    const { situation, documents } = await found();
    write(process.stdout, tell.tell(situation, documents));
    return tell.status();
  }
  // Until a signal, or until nobody reads any more.
  while (!process.stdout.destroyed) {
    const { situation, documents } = await found();
    process.stdout.write(tell.news(situation, documents) ?? "");
    await setTimeout(every);
  }
  return STATUS.success;
}

/** With what STS answers. */
async function asked(
  looked: Looked,
  profile: string | undefined,
): Promise<Looked> {
  const { region } = looked.situation.settings;
  const answer = await askIdentity(undefined, profile, region) ??
    { failure: { causes: [NOT_INSTALLED], context: {} } };
  return { ...looked, situation: { ...looked.situation, ...answer } };
}

const NOT_INSTALLED = {
  message: "@aws-sdk/client-sts is not installed in this project",
};
