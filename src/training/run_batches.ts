import type { BatchHandler } from "../workers/batch_queue.ts";
import type { LoadedProgram } from "../workers/loaded_program.ts";

/** Runs a program over the batches from … to, one after the other. */
export function runBatches(loaded: LoadedProgram, { fill, take }: BatchHandler, from: number, to: number): void {
  for (let batch = from; batch < to; batch++) {
    fill(loaded, batch);
    loaded.run();
    take(loaded, batch);
  }
}
