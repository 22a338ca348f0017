import { probeLengths } from "./probe_lengths.ts";
import { isOpenCall, traceAlone, type TracedCall, type TraceManner } from "./trace_alone.ts";

/** Tells `assign` of each weight that a call gives a new value in a training step, and of the layer that it belongs to. */
export function findAssigned(call: TracedCall, { isFrozen, assign }: Omit<TraceManner, "training">): void {
  const manner = { training: true, isFrozen, assign };
  probeLengths(isOpenCall(call), (length) => traceAlone(call, length, manner), (one) => one);
}
