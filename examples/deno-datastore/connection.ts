import { S3Client } from "npm:@aws-sdk/client-s3@3.1169.0";

import { withReauth } from "../../deno/mod.ts";
import { contextOf, wrapError } from "./wrap_error.ts";

/** The settings that a user writes. */
export interface Settings {
  bucket: string;
  prefix?: string;
  region?: string;
  /** The AWS profile, where `AWS_PROFILE` does not choose it. */
  profile?: string;
  /** Needed by most S3-compatible servers. */
  forcePathStyle?: boolean;
  /** After how many milliseconds another run may take a lock over. */
  lockTtl?: number;
}

/** What a host may offer. */
export interface Host {
  /** Runs the command that logs in; `false` where it was declined or failed. */
  login?(command: readonly string[]): Promise<boolean>;
}

/** A client that logs in again where the host lets it, and says what lapsed. */
export class Connection {
  readonly #settings: Settings;
  readonly #again: (call: Call) => Promise<unknown>;
  #client: S3Client;

  constructor(settings: Settings, host: Host) {
    this.#settings = settings;
    this.#client = this.#connect();
    this.#again = withReauth((call: Call) => call(this.#client), {
      context: () => contextOf(settings.profile),
      reauth: async ({ reauthArgv }) => {
        if (!reauthArgv || !await host.login?.(reauthArgv)) return false;
        // The old client keeps the credentials that it has.
        this.#client = this.#connect();
        return true;
      },
    });
  }

  /** Calls S3; what it throws tells its reader what to do. */
  async attempt<T>(
    operation: string,
    call: (client: S3Client) => Promise<T>,
  ): Promise<T> {
    try {
      return await this.#again(call) as T;
    } catch (error) {
      throw wrapError(operation, error, this.#settings.profile);
    }
  }

  #connect(): S3Client {
    const { region, profile, forcePathStyle = false } = this.#settings;
    return new S3Client({
      forcePathStyle,
      ...(region ? { region } : {}),
      ...(profile ? { profile } : {}),
    });
  }
}

type Call = (client: S3Client) => Promise<unknown>;
