import { describeValue } from "../errors/describe_value.ts";
import type { Shape } from "../tensor/shape.ts";

/** Checks the names of classes against the output's shape. */
export function checkLabels(labels: readonly string[] | undefined, outputShape: Shape): readonly string[] | null {
  if (labels === undefined) return null;
  const size = outputShape[outputShape.length - 1] ?? 1;
  if (!Array.isArray(labels) || labels.length !== size || !labels.every((label) => typeof label === "string")) {
    throw new TypeError(
      `Cannot compile model: labels must be an array of ${size} strings, one an output, got ${describeValue(labels)}`,
    );
  }
  return labels;
}
