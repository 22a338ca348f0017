import type { Dataset } from "../../data/dataset.ts";
import type { AnyModel } from "../trace/internals_of.ts";
import type { ColumnFacts } from "./facts.ts";

/** Layers behind which the scale of the inputs does not matter, or whose inputs are no quantities. */
const SCALING: ReadonlySet<string> = new Set([
  "normalization",
  "batch_normalization",
  "layer_normalization",
  "group_normalization",
  "rms_normalization",
  "unit_normalization",
  "rescaling",
  "embedding",
  "positional_embedding",
]);

/** Whether an input's numbers are quantities whose scale matters: no indices, nothing that the model scales itself. */
export function hasScale({ network: { graph } }: AnyModel, input: number): boolean {
  const { output } = graph.feeds[input];
  return !graph.nodes.some(({ layer, inputs }) => inputs.includes(output) && SCALING.has(layer.type));
}

/** The columns of the inputs: of the last axis, over samples and places. Those of 0 and 1, those that do not vary, and indices are left out. */
export function findColumns(model: AnyModel, { inputs }: Dataset): ColumnFacts[] {
  const { graph } = model.network;
  return graph.feeds.flatMap(({ output }, i) => {
    if (!hasScale(model, i)) return [];
    const { data, shape } = inputs[i];
    const width = shape.length < 2 ? 1 : shape[shape.length - 1];
    const rows = data.length / width;
    return Array.from({ length: width }, (_, column): ColumnFacts | null => {
      let [sum, isBinary] = [0, true];
      for (let at = column; at < data.length; at += width) {
        sum += data[at];
        isBinary &&= data[at] === 0 || data[at] === 1;
      }
      const mean = sum / rows;
      let squares = 0;
      for (let at = column; at < data.length; at += width) squares += (data[at] - mean) ** 2;
      const sd = Math.sqrt(squares / rows);
      if (isBinary || !(sd > 1e-12 * Math.abs(mean)) || sd === 0) return null;
      const name = inputs.length === 1 ? model.columns?.[column] ?? `${column + 1}` : `${output.name}/${column + 1}`;
      return { name, mean, sd };
    }).filter((found) => found !== null);
  });
}
