import { formatShape } from "../tensor/format_shape.ts";
import type { OpenShape } from "../tensor/open_shape.ts";
import type { CalledLayer, LayerOutput } from "./layer_output.ts";

/**
 * The error of a call that failed, with the layers that it is about: what was called, and what it was given.
 *
 * @param shapes the shapes of the inputs, where more is known of them than the model says
 */
export function explainCall(
  layer: CalledLayer,
  inputs: readonly LayerOutput[],
  cause: unknown,
  shapes: readonly OpenShape[] = inputs.map(({ shape }) => shape),
): unknown {
  if (!(cause instanceof TypeError || cause instanceof RangeError)) return cause;
  const sources = inputs.map(({ name, node }, i) =>
    `${node.layer.type}${name === "" ? "" : ` "${name}"`} ${formatShape(shapes[i])}`
  );
  const message = `${cause.message} (layer "${layer.name || layer.type}", given ${sources.join(" and ")})`;
  return cause instanceof TypeError ? new TypeError(message, { cause }) : new RangeError(message, { cause });
}
