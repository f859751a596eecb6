/**
 * A plugin for the clients of the AWS SDK for JavaScript v3.
 *
 * @module
 */

import { type ContextSource, present } from "./context.ts";
import { attached, decide } from "./diagnose.ts";
import { DIAGNOSIS, read, text } from "./evidence.ts";
import type { Cause } from "./types.ts";

/** What {@link credlapsePlugin} takes. */
export interface PluginOptions {
  /** What the host knows; a function is asked at each failure. */
  readonly context?: ContextSource | undefined;
}

/** The part of the SDK's middleware stack that the plugin uses. */
export interface MiddlewareStackLike {
  /** Adds a middleware. */
  add(
    middleware: <Args, Output>(
      next: (args: Args) => Promise<Output>,
      call: unknown,
    ) => (args: Args) => Promise<Output>,
    options: {
      readonly step: "initialize";
      readonly priority: "high";
      readonly name: string;
      readonly tags: string[];
      readonly override: boolean;
    },
  ): void;
}

/** What `client.middlewareStack.use` takes. */
export interface Plugin {
  /** Adds the middleware to a client's stack. */
  applyToStack(stack: MiddlewareStackLike): void;
}

/**
 * Attaches a diagnosis to the errors of a client of the AWS SDK v3.
 *
 * It sees failures to obtain credentials as well as answers of the service. It
 * rethrows the very error that it caught, with the diagnosis under the
 * non-enumerable `Symbol.for("credlapse.diagnosis")`, where {@link diagnose}
 * finds it, also through wrappers. Nothing else changes.
 *
 * ```ts
 * import { S3Client } from "@aws-sdk/client-s3";
 *
 * const client = new S3Client({ region: "eu-west-1" });
 * client.middlewareStack.use(credlapsePlugin({
 *   context: { subject: "Datastore", profile: "dev" },
 * }));
 * ```
 */
export function credlapsePlugin(options: PluginOptions = {}): Plugin {
  return {
    applyToStack(stack) {
      stack.add(
        (next, call) => async (args) => {
          try {
            return await next(args);
          } catch (error) {
            attach(error, options, call);
            throw error;
          }
        },
        // The outermost step: credentials are resolved within it.
        {
          step: "initialize",
          priority: "high",
          name: "credlapse",
          tags: ["CREDLAPSE"],
          override: true,
        },
      );
    },
  };
}

function attach(error: unknown, options: PluginOptions, call: unknown): void {
  if (typeof error !== "object" || error === null || attached(error)) return;
  try {
    const diagnosis = decide(error, present(options.context), callOf(call));
    if (diagnosis === undefined) return;
    Object.defineProperty(error, DIAGNOSIS, {
      value: diagnosis,
      configurable: true,
    });
  } catch {
    // A frozen error stays as it is.
  }
}

/** The client and the command by the names that AWS gives them. */
function callOf(call: unknown): Cause | undefined {
  const service = text(read(call, (of) => of.clientName))?.replace(
    /Client$/,
    "",
  );
  const operation = text(read(call, (of) => of.commandName))?.replace(
    /Command$/,
    "",
  );
  return service === undefined && operation === undefined
    ? undefined
    : { service, operation };
}
