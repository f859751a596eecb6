/**
 * Exit statuses of the command itself; those of a diagnosis come from the exit table.
 *
 * @module
 */

/** The statuses, those of sysexits where there is one. */
export const STATUS = {
  success: 0,
  badUsage: 2,
  internalFailure: 70,
  cannotWrite: 74,
} as const;

/** What cannot be done as it was typed; the message tells. */
export class BadUsage extends Error {}
