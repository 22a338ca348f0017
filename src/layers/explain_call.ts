import { formatShape } from "../tensor/format_shape.ts";
import type { CalledLayer, LayerOutput } from "./layer_output.ts";

/** The error of a call that failed, with the layers that it is about: what was called, and what it was given. */
export function explainCall(layer: CalledLayer, inputs: readonly LayerOutput[], cause: unknown): unknown {
  if (!(cause instanceof TypeError || cause instanceof RangeError)) return cause;
  const sources = inputs.map(({ name, node, shape }) =>
    `${node.layer.type}${name === "" ? "" : ` "${name}"`} ${formatShape(shape)}`
  );
  const message = `${cause.message} (layer "${layer.name || layer.type}", given ${sources.join(" and ")})`;
  return cause instanceof TypeError ? new TypeError(message, { cause }) : new RangeError(message, { cause });
}
