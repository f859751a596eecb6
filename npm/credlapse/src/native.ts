/**
 * The native addon of this platform, if its package is installed.
 *
 * Linked as CommonJS: `require` is there, and a package that is absent is no
 * failure. Then, and where `CREDLAPSE_FORCE_WASM` is `1`, WebAssembly answers.
 *
 * @module
 */

import type { CommandCore } from "./command/core.ts";
import { linked, type LocalAws } from "./core.ts";
import type { LocalSituation } from "./situation.ts";
import type { ProfileFacts } from "./types.ts";

/** The functions of the addon. */
export interface NativeCore extends CommandCore {
  /** What this machine says of a profile; reads the files that it needs. */
  localFacts(local: Omit<LocalAws, "files">): ProfileFacts;
  /** The same with all that is looked at before a call. */
  localSituation(local: Omit<LocalAws, "files">): LocalSituation;
}

/** Of CommonJS. */
declare const require: (name: string) => NativeCore;

// Of Node.js, and not asked for as a module: that takes a tenth of a millisecond.
const { arch, env, platform } = globalThis.process;

/** The addon; `undefined` where there is none. */
export const native: NativeCore | undefined = load();

if (native !== undefined) linked.native = native;

function load(): NativeCore | undefined {
  if (env.CREDLAPSE_FORCE_WASM === "1") return undefined;
  for (const name of platforms()) {
    try {
      // With the file, it is found a tenth of a millisecond sooner.
      return require(`@credlapse/addon-${name}/credlapse.${name}.node`);
    } catch {
      // Not installed, not loadable on this system, or addons are forbidden.
    }
  }
  return undefined;
}

/** The platforms of packages that may hold the addon; npm installs at most one. */
function platforms(): string[] {
  const name = `${platform}-${arch}`;
  switch (platform) {
    case "darwin":
      return [name];
    case "win32":
      return [`${name}-msvc`];
    default:
      return [`${name}-gnu`, `${name}-musl`];
  }
}
