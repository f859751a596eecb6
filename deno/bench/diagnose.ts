/**
 * What a diagnosis costs in JavaScript, beside a classifier of a few `if`s.
 *
 * Each figure that is had only once in a process (import, first diagnosis)
 * comes from processes of its own; the least of several is printed, as
 * everything else that runs can only add to it.
 *
 * @module
 */

const PROCESSES = 11;
const ROUNDS = 40;
const CALLS = 2_000;

/** Times in milliseconds. */
interface Once {
  readonly load: number;
  readonly first: number;
}

/** An error as the SDK throws it, and one that has nothing to do with credentials. */
const expired = Object.assign(
  new Error(
    "Token is expired. To refresh this SSO session run 'aws sso login' with the corresponding profile.",
  ),
  { name: "CredentialsProviderError", tryNextLink: false },
);
const held = Object.assign(
  new Error("At least one of the pre-conditions you specified did not hold"),
  {
    name: "PreconditionFailed",
    $fault: "client",
    $metadata: { httpStatusCode: 412, requestId: "4442587FB7D0A2F9" },
  },
);

/** What extensions have today. */
function byHand(error: Error & { $metadata?: { httpStatusCode?: number } }) {
  const status = error.$metadata?.httpStatusCode;
  if (error.name === "CredentialsProviderError") return "session-expired";
  if (/^Expired ?Token/i.test(error.name)) return "session-expired";
  if (/sso login|session .*expired/i.test(error.message)) {
    return "session-expired";
  }
  if (status === 401 || status === 403) return "credentials-rejected";
  return "other";
}

async function once(): Promise<Once> {
  const start = performance.now();
  const { diagnose } = await import("../mod.ts");
  const loaded = performance.now();
  diagnose(expired);
  return { load: loaded - start, first: performance.now() - loaded };
}

/** The least time of a call, in microseconds. */
function steady(call: () => unknown): number {
  let least = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    for (let i = 0; i < CALLS; i++) call();
    least = Math.min(least, performance.now() - start);
  }
  return least / CALLS * 1_000;
}

if (Deno.args[0] === "once") {
  console.log(JSON.stringify(await once()));
  Deno.exit();
}

const runs: Once[] = [];
for (let i = 0; i < PROCESSES; i++) {
  const args = ["run", "--allow-all", "--quiet", import.meta.url, "once"];
  const { stdout } = await new Deno.Command(Deno.execPath(), { args }).output();
  runs.push(JSON.parse(new TextDecoder().decode(stdout)));
}
const least = (of: (run: Once) => number) => Math.min(...runs.map(of));
const { diagnose } = await import("../mod.ts");
const context = { subject: "Datastore", profile: "dev" };

const figures: [string, number, string][] = [
  ["import", least(({ load }) => load), "ms"],
  ["first diagnosis", least(({ first }) => first), "ms"],
  ["diagnosis", steady(() => diagnose(expired, context)), "us"],
  ["no diagnosis", steady(() => diagnose(held, context)), "us"],
  ["by hand, expired", steady(() => byHand(expired)), "us"],
  ["by hand, other", steady(() => byHand(held)), "us"],
];
for (const [name, figure, unit] of figures) {
  console.log(`${name.padEnd(18)}${figure.toFixed(3).padStart(9)} ${unit}`);
}
