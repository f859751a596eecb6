/**
 * A test with a local AWS.
 *
 * @module
 */

import { test } from "node:test";

import { type Sim, startSim } from "../aws-sim/client.ts";

/** Runs with a simulator of its own. */
export function simulated(
  name: string,
  run: (sim: Sim) => Promise<void>,
): void {
  test(name, async () => {
    const sim = await startSim();
    try {
      await run(sim);
    } finally {
      await sim.stop();
    }
  });
}
