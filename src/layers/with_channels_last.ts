import type { Symbolic } from "../tensor/symbolic.ts";
import type { Tracing } from "./tracing.ts";

/** Applies to a batch what works where channels are the last axis: those of `channels_first` are moved there, and back in what comes of it. */
export function withChannelsLast(
  { ops }: Tracing,
  x: Symbolic,
  dataFormat: "channels_last" | "channels_first",
  apply: (x: Symbolic) => Symbolic,
): Symbolic {
  if (dataFormat === "channels_last") return apply(x);
  const spatial = x.shape.slice(2).map((_, i) => i);
  const y = apply(ops.transpose(x, [0, ...spatial.map((i) => i + 2), 1]));
  return ops.transpose(y, [0, y.shape.length - 1, ...spatial.map((i) => i + 1)]);
}
