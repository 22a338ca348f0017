/**
 * Says on the console that a stream ended before the batches that were asked for.
 *
 * @param where what they were for: `epoch 1`
 * @param option the option that asks for them
 */
export function warnOfFewBatches(where: string, option: string, batches: number, steps: number): void {
  console.warn(
    `retroprop: the stream ended after ${batches} of the ${steps} batches that ${option} asks for in ${where}, which ends there; ask for ` +
      "fewer, or give a stream that goes on for as long",
  );
}
