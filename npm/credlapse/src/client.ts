/**
 * The credentials of the caller's own client: when they end, never what they are.
 *
 * @module
 */

import { time } from "./context.ts";
import type { ClientCredentials } from "./core.ts";
import { read, text } from "./evidence.ts";

/** Of a client that tells nothing. */
export const NOTHING_KNOWN: ClientCredentials = {
  providers: [],
  hasSessionToken: false,
};

/** How long a client may take to say what it has just used, in milliseconds. */
const PATIENCE = 5_000;

/**
 * What a client tells of the credentials that it has just used.
 *
 * That of the SDK v3 keeps them behind a function, that of v2 as they are.
 * Never throws, and waits for at most five seconds.
 */
export async function credentialsOf(
  client: unknown,
): Promise<ClientCredentials> {
  const config = read(client, (of) => of.config);
  const kept = read(config, (of) => of.credentials);
  const credentials = typeof kept === "function"
    ? await patiently(() => kept.call(config))
    : kept;
  const end = read(credentials, (of) => of.expiration) ??
    read(credentials, (of) => of.expireTime);
  return {
    providers: providers(credentials),
    expiresAt: time(end),
    hasSessionToken:
      text(read(credentials, (of) => of.sessionToken)) !== undefined,
  };
}

/** What is answered; `undefined` where that fails or takes too long. */
async function patiently(ask: () => unknown): Promise<unknown> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, PATIENCE, undefined);
  });
  try {
    return await Promise.race([ask(), late]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

/** As v3 calls the providers that took part, or as v2 calls the class. */
function providers(credentials: unknown): string[] {
  const source = read(credentials, (of) => of.$source);
  const names = read(source, (of) => Object.keys(of)) ??
    [read(read(credentials, (of) => of.constructor), (of) => of.name)];
  return (names as unknown[]).flatMap((name) => text(name) ?? []);
}
