import { largestOf } from "../tensor/largest_of.ts";
import { formatBytes } from "../memory/bind.ts";
import { formatShape } from "../tensor/format_shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { Model } from "./model.ts";
import { mayTrain } from "./set_weights.ts";

/** The table of a model's layers. */
export function summarize(model: Model): string {
  const title = `Model: "${model.name}"`;
  const rows = [["Layer (type)", "Output shape", "Param #"]];
  model.layers.forEach((layer, i) => {
    const shape = model.isBuilt ? formatShape([null, ...model.network.layerShapes[i]]) : "?";
    const params = layer.weights.reduce((sum, weight) => sum + sizeOf(weight.shape), 0);
    rows.push([`${layer.name} (${layer.type})`, shape, model.isBuilt ? group(params) : "?"]);
  });
  const widths = [0, 1, 2].map((column) => largestOf(rows.map((row) => row[column].length)));
  const rule = (left: string, middle: string, right: string, bar = "─"): string =>
    left + widths.map((width) => bar.repeat(width + 2)).join(middle) + right;
  const line = ([name, shape, params]: string[]): string =>
    `│ ${name.padEnd(widths[0])} │ ${shape.padEnd(widths[1])} │ ${params.padStart(widths[2])} │`;
  const table = [
    rule("┌", "┬", "┐"),
    line(rows[0]),
    rule("├", "┼", "┤"),
    ...rows.slice(1).map(line),
    rule("└", "┴", "┘"),
  ];
  if (!model.isBuilt) return [title, ...table, "Not built yet: the shape of the input is unknown."].join("\n");
  const { variables } = model.network;
  const total = variables.reduce((sum, v) => sum + v.elements, 0);
  const trainable = variables.reduce((sum, v) => sum + (mayTrain(v) ? v.elements : 0), 0);
  const size = (n: number): string => `${group(n)} (${formatBytes(4 * n)})`;
  return [
    title,
    ...table,
    `Total params: ${size(total)}`,
    `Trainable params: ${size(trainable)}`,
    `Non-trainable params: ${size(total - trainable)}`,
  ].join("\n");
}

function group(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ",");
}
