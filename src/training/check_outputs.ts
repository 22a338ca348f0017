import type { LayerOutput } from "../layers/layer_output.ts";
import { fitsShape } from "../tensor/fits_shape.ts";
import { formatShape } from "../tensor/format_shape.ts";
import type { Symbolic } from "../tensor/symbolic.ts";

/**
 * Checks that what a graph of layers gives for the lengths of some inputs has the shapes that were found when it was built: a length that was
 * the same for two lengths of the inputs counts as known, and may be another one for a third.
 *
 * @throws {TypeError} If it has not
 */
export function checkOutputs(
  outputs: readonly LayerOutput[],
  inputs: readonly Symbolic[],
  values: readonly Symbolic[],
): void {
  const at = outputs.findIndex(({ sampleShape }, i) => !fitsShape(values[i].shape.slice(1), sampleShape));
  if (at < 0) return;
  const show = ({ shape }: Symbolic): string => formatShape([null, ...shape.slice(1)]);
  throw new TypeError(
    `Cannot use x: the output of layer "${outputs[at].name}" must have shape ${formatShape(outputs[at].shape)} for ` +
      `inputs of any length, got ${show(values[at])} for ${inputs.map(show).join(" and ")}`,
  );
}
