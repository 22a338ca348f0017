import type { Shape } from "../tensor/shape.ts";
import { byBatch, matrixOf, type Split } from "./op.ts";

/** How threads share an op that works sample by sample, each [positions, channels]. */
export interface SampleSplit {
  /** The split of the kernel call: among samples. */
  readonly split: Split;
  /** Positions in a sample. */
  readonly positions: number;
  /** Channels of a position: the last axis. */
  readonly channels: number;
  /** Elements in a sample. */
  readonly stride: number;
}

/** The split of `shape` [batch, ..., channels] among samples. */
export function splitSamples(shape: Shape): SampleSplit {
  const { rows, width: channels } = matrixOf(shape);
  const positions = shape[0] === 0 ? 0 : rows / shape[0];
  return { split: byBatch(shape[0]), positions, channels, stride: positions * channels };
}
