import { formatBytes } from "../kernels/bind.ts";
import { formatShape } from "../tensor/format_shape.ts";
import { listTensors } from "../layers/call_options.ts";
import type { Layer } from "../layers/layer.ts";
import type { LayerGraph } from "../layers/layer_graph.ts";
import type { LayerNode } from "../layers/layer_output.ts";
import type { Model } from "./model.ts";
import { mayTrain } from "./set_weights.ts";

/** The table of a model's layers. */
export function summarize(model: Model): string {
  const title = `Model: "${model.name}"`;
  const connects = model.isBuilt && isGraph(model.network.graph);
  const rows = [["Layer (type)", "Output shape", "Param #", ...(connects ? ["Connected to"] : [])]];
  for (const layer of model.layers) {
    const calls = model.isBuilt ? callsOf(layer, model.network.graph) : [];
    const shape = calls.length === 0 ? "?" : calls[0].outputs.map((output) => formatShape(output.shape)).join(", ");
    const params = model.isBuilt ? group(layer.countParams()) : "?";
    const sources = calls.flatMap(({ inputs, options }) => {
      return [
        ...inputs.map(({ name }) => name),
        ...listTensors(options).map(({ name, tensor }) => `${name}: ${tensor.name}`),
      ];
    }).join(", ");
    rows.push([`${layer.name} (${layer.type})`, shape, params, ...(connects ? [sources] : [])]);
  }
  const widths = rows[0].map((_, column) => rows.reduce((most, row) => Math.max(most, row[column].length), 0));
  const rule = (left: string, middle: string, right: string, bar = "─"): string =>
    left + widths.map((width) => bar.repeat(width + 2)).join(middle) + right;
  const line = (cells: readonly string[]): string => {
    const padded = cells.map((cell, i) => i === 2 ? cell.padStart(widths[i]) : cell.padEnd(widths[i]));
    return `│ ${padded.join(" │ ")} │`;
  };
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

/** Whether it is more than a chain of calls of layers. */
function isGraph({ inputs, outputs, nodes }: LayerGraph): boolean {
  const isChain = nodes.every((node, i) => {
    const before = i === 0 ? inputs[0] : nodes[i - 1].outputs[0];
    return node.inputs.length === 1 && node.inputs[0] === before && node.outputs.length === 1;
  });
  return inputs.length + outputs.length > 2 || !isChain || new Set(nodes.map(({ layer }) => layer)).size < nodes.length;
}

/** The calls of a layer in a graph; of an input layer, its own. */
function callsOf(layer: Layer, { nodes, inputs }: LayerGraph): readonly LayerNode[] {
  return [...nodes, ...inputs.map(({ node }) => node)].filter((node) => node.layer === layer);
}

function group(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ",");
}
