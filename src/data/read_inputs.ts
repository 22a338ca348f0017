import { checkFinite } from "../tensor/check_finite.ts";
import { fitsShape } from "../tensor/fits_shape.ts";
import { formatSample } from "../tensor/format_sample.ts";
import { formatShape } from "../tensor/format_shape.ts";
import { isKnown } from "../tensor/is_known.ts";
import type { OpenShape } from "../tensor/open_shape.ts";
import type { Shape } from "../tensor/shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkIndices } from "./check_indices.ts";
import type { DataInput } from "./data_input.ts";
import { fitData } from "./fit_data.ts";
import type { Port, Signature } from "./signature.ts";
import { sortData } from "./sort_data.ts";

/**
 * Turns user data into samples, one tensor for each input: finite, of the input's shape, and as many of each.
 *
 * @throws {TypeError} If an input has none, they have another shape, or are more or fewer than those of another input.
 * @throws {RangeError} For NaN and Infinity, and the name of an input that is not there.
 */
export function readInputs(
  x: unknown,
  { inputs: ports, inputForm }: Pick<Signature, "inputs" | "inputForm">,
): readonly Tensor[] {
  const inList = ports.length === 1 && inputForm === "list";
  const given = sortData(x, { name: "x", ports, targets: null });
  const inputs = ports.map((port, i) => readInput(given[i], port, ports.length === 1 ? "x" : `x.${port.name}`, inList));
  const odd = inputs.findIndex(({ shape }) => shape[0] !== inputs[0].shape[0]);
  if (odd >= 0) {
    throw new TypeError(
      `Cannot use x: its inputs must have as many samples, got ${inputs[0].shape[0]} of "${ports[0].name}" and ` +
        `${inputs[odd].shape[0]} of "${ports[odd].name}"`,
    );
  }
  return inputs;
}

/** Samples of one input. A vector of n is read as n samples of one. */
function readInput(input: DataInput, { shape, layer, indices = [] }: Port, name: string, inList: boolean): Tensor {
  const { given, fitted } = fitData(input, shape, name, inList);
  if (fitted === null) {
    throw new TypeError(
      `Cannot use ${name}: layer "${layer}" takes samples of shape ${
        formatSample(shape)
      }, so ${name} must have shape ` +
        `${formatShape([null, ...shape])}, got ${formatShape(given.shape)}${hintFor(input, name, given.shape, shape)}`,
    );
  }
  checkFinite(fitted, name);
  for (const limit of indices) checkIndices(fitted, name, limit);
  return fitted;
}

/** What was probably meant by samples of the wrong shape. */
function hintFor(input: DataInput, name: string, given: Shape, wanted: OpenShape): string {
  if (fitsShape(given, wanted)) return `; for one sample write [${name}]`;
  if (!ArrayBuffer.isView(input)) return "";
  if (!isKnown(wanted)) return `; give a typed array its shape: tensor(${name}, [samples, …])`;
  const samples = sizeOf(given) / sizeOf(wanted);
  return Number.isInteger(samples)
    ? `; give a typed array its shape: tensor(${name}, ${formatShape([samples, ...wanted])})`
    : "";
}
