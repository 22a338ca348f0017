import { checkInteger } from "../errors/check_integer.ts";

/** The purposes in the order of their numbers. Saved runs depend on it: append, never reorder. */
const PURPOSES = ["init", "shuffle", "dropout", "noise", "search", "augment", "recurrent", "evolution"] as const;

/** What random numbers are drawn for. Each purpose has streams of its own. */
export type StreamPurpose = typeof PURPOSES[number];

/** The number of streams of one purpose, 2^24. */
const STREAMS_PER_PURPOSE = 0x1000000;

/**
 * The number of a random stream: purpose · 2^24 + id. Streams are independent of each other under one seed.
 *
 * @param purpose What the numbers are drawn for.
 * @param id Which of that purpose: the number of the parameter, of the dropout layer, … An integer from 0 to 2^24 − 1.
 * @returns The stream, an unsigned 32-bit word of the Philox counter.
 * @throws {RangeError} If the purpose does not exist or the id is out of range.
 */
export function streamOf(purpose: StreamPurpose, id: number): number {
  const index = PURPOSES.indexOf(purpose);
  if (index < 0) {
    throw new RangeError(`Cannot number stream: purpose must be one of ${PURPOSES.join(", ")}, got ${purpose}`);
  }
  return index * STREAMS_PER_PURPOSE +
    checkInteger("number stream", "id", id, { min: 0, max: STREAMS_PER_PURPOSE - 1 });
}
