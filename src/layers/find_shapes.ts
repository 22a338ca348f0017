import type { OpenShape } from "../tensor/open_shape.ts";
import { probeLengths } from "./probe_lengths.ts";
import { isOpenCall, type KnownShapes, traceAlone, type TracedCall } from "./trace_alone.ts";

/** The shape of a result for one sample, and that of its mask; null for none. */
export interface ResultShape {
  readonly shape: OpenShape;
  readonly mask: OpenShape | null;
}

/**
 * The shapes of what a call of a layer gives for one sample: it is traced on a graph that nobody computes; where lengths are unknown, once for
 * each of two lengths, and what differs between them is unknown.
 *
 * @throws what the layer throws; with unknown lengths the message says which were tried
 */
export function findShapes(call: TracedCall): readonly ResultShape[] {
  return probeLengths(
    isOpenCall(call),
    (length) => traceAlone(call, length),
    (one, other) => one.map((shapes, i) => compare(shapes, other[i])),
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
