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
import { encodeInput } from "./encode_input.ts";
import { fitData } from "./fit_data.ts";
import type { Port, Signature } from "./signature.ts";
import { sortData } from "./sort_data.ts";

/**
 * Turns user data into samples, one tensor for each input of a program: finite, of the input's shape, and as many of each. Of strings, and
 * integers of many digits, layers behind the input make numbers here, one tensor for each such layer.
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
  const inputs = ports.map((port, i): readonly Tensor[] => {
    const name = ports.length === 1 ? "x" : `x.${port.name}`;
    const { raw } = port;
    if (raw !== undefined) return encodeInput(given[i], { ...port, raw }, name, inList);
    return [readInput(given[i] as DataInput, port, name, inList)];
  });
  const counts = inputs.map(([{ shape }]) => shape[0]);
  const odd = counts.findIndex((count) => count !== counts[0]);
  if (odd >= 0) {
    throw new TypeError(
      `Cannot use x: its inputs must have as many samples, got ${counts[0]} of "${ports[0].name}" and ` +
        `${counts[odd]} of "${ports[odd].name}"`,
    );
  }
  return inputs.flat();
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
