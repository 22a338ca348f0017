import type { Shape } from "../tensor/shape.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { batchUnits } from "./batch_units.ts";
import { byBatch, byParameter, matrixOf, type Split } from "./op.ts";

/** Samples of fewer rows than this are shared by columns: blocks of them would be as much work to fold as to add up. */
const FEW_ROWS = 8;
/** From so many rows on a sample is a block of its own, so that few large samples use all threads; else four are. */
const MANY_ROWS = 64;
/** Columns in a cache line; the kernels work on so many at a time. */
const LINE = 16;
/** Rows that the kernels keep of what they work on. */
const WORK_ROWS = 5;

/** How threads share a normalisation over the batch; it follows from shapes alone. */
export interface BatchNormSplit {
  /** Rows of all samples. */
  readonly rows: number;
  readonly width: number;
  /** Elements from one row of sums, or of work, to the next: whole vectors. */
  readonly pitch: number;
  /** Elements of a thread's own work. */
  readonly work: number;
  /** How threads share it: among samples where there are blocks, else among columns. */
  readonly split: Split;
  /** Blocks of samples; null where threads share columns. */
  readonly blocks: Blocks | null;
}

/** Blocks of samples that are added up by themselves. */
export interface Blocks {
  /** How threads share the blocks: as `split` shares the samples. */
  readonly split: Split;
  readonly samples: number;
  /** Samples in a block; the last one may have fewer. */
  readonly each: number;
  readonly count: number;
  /** Rows in a sample, and its elements. */
  readonly positions: number;
  readonly stride: number;
}

/** The split of batch_norm over a tensor of `shape` [batch, …, width]. */
export function splitBatchNorm(node: Symbolic, shape: Shape): BatchNormSplit {
  const { rows, width } = matrixOf(shape);
  const pitch = 4 * Math.ceil(width / 4);
  const samples = batchUnits(node, shape);
  const positions = rows / Math.max(samples, 1);
  if (positions < FEW_ROWS) {
    // Whole lines, unless that leaves threads without any.
    const split = byParameter(width, width < 4 * LINE ? 4 : LINE);
    return { rows, width, pitch, work: WORK_ROWS * LINE, split, blocks: null };
  }
  const each = positions < MANY_ROWS ? 4 : 1;
  const split = byBatch(samples, each);
  const count = Math.ceil(samples / each);
  const blocks = {
    split: each === 1 ? split : { axis: "batch", extent: count, quantum: 1 } as const,
    samples,
    each,
    count,
    positions,
    stride: positions * width,
  };
  return { rows, width, pitch, work: WORK_ROWS * pitch, split, blocks };
}
