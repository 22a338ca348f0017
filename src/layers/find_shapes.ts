import type { Dtype } from "../tensor/dtype.ts";
import type { OpenShape } from "../tensor/open_shape.ts";
import type { IndexUse } from "./layer_output.ts";
import { probeLengths } from "./probe_lengths.ts";
import { isOpenCall, type KnownShapes, traceAlone, type TracedCall } from "./trace_alone.ts";

/** The shape of a result for one sample, and that of its mask, null for none; and what its values are, if not float32 numbers. */
export interface ResultShape {
  readonly shape: OpenShape;
  readonly mask: OpenShape | null;
  readonly dtype?: Dtype;
}

/** What is known of a call before there are data. */
export interface FoundShapes {
  readonly results: readonly ResultShape[];
  readonly indices: readonly IndexUse[];
}

/**
 * The shapes of what a call of a layer gives for one sample, and the inputs that it takes for numbers of rows: it is traced on a graph that nobody computes; where lengths are unknown, once for
 * each of two lengths, and what differs between them is unknown.
 *
 * @throws what the layer throws; with unknown lengths the message says which were tried
 */
export function findShapes(call: TracedCall): FoundShapes {
  return probeLengths(
    isOpenCall(call),
    (length) => traceAlone(call, length),
    ({ results, indices }, other) => {
      return { results: results.map((shapes, i) => compare(shapes, other.results[i])), indices };
    },
  );
}

function compare(one: KnownShapes, other: KnownShapes): ResultShape {
  return {
    shape: compareShapes(one.shape, other.shape),
    mask: one.mask === null || other.mask === null ? null : compareShapes(one.mask, other.mask),
  };
}

function compareShapes(one: OpenShape, other: OpenShape): OpenShape {
  if (one.length === other.length) return one.map((length, axis) => length === other[axis] ? length : null);
  throw new TypeError(
    `Cannot find shapes: the number of axes must not depend on a length, got ${one.length} and ${other.length}`,
  );
}
