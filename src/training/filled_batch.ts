import type { BatchWeights } from "../data/dataset.ts";
import type { PortShapes } from "../data/signature.ts";
import type { LoadedProgram } from "../workers/loaded_program.ts";

/** One batch whose inputs and labels are filled. */
export interface FilledBatch {
  readonly program: LoadedProgram;
  readonly rows: number;
  readonly weights: BatchWeights;
  /** Where the batch brings lengths along, those at the ports; else null. */
  readonly shapes: PortShapes | null;
  /** The epoch and the batch in it, from 0, for messages. */
  readonly epoch: number;
  readonly batch: number;
}
