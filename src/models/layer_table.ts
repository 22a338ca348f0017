import { formatBytes } from "../kernels/bind.ts";
import { listTensors } from "../layers/call_options.ts";
import type { Layer } from "../layers/layer.ts";
import type { LayerGraph } from "../layers/layer_graph.ts";
import type { LayerNode } from "../layers/layer_output.ts";
import { formatShape } from "../tensor/format_shape.ts";
import type { Model } from "./model.ts";
import { mayTrain } from "./may_train.ts";

/** The table of a model's layers, as texts. */
export interface LayerTable {
  /** The heading: `Model: "sequential"`. */
  readonly title: string;
  /** The names of the columns, then a row for each layer. */
  readonly rows: readonly (readonly string[])[];
  /** What stands below: the numbers of weights, or that it is not built. */
  readonly notes: readonly string[];
}

/** The table of a model's layers: name, shape, weights, and of a model that is more than a chain, what each is connected to. */
export function layerTable(model: Model): LayerTable {
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
  if (!model.isBuilt) return { title, rows, notes: ["Not built yet: the shape of the input is unknown."] };
  const { variables } = model.network;
  const total = variables.reduce((sum, v) => sum + v.elements, 0);
  const trainable = variables.reduce((sum, v) => sum + (mayTrain(v) ? v.elements : 0), 0);
  const size = (n: number): string => `${group(n)} (${formatBytes(4 * n)})`;
  const notes = [
    `Total params: ${size(total)}`,
    `Trainable params: ${size(trainable)}`,
    `Non-trainable params: ${size(total - trainable)}`,
  ];
  return { title, rows, notes };
}

/** Whether it is more than a chain of calls of layers. */
export function isGraph({ inputs, outputs, nodes }: LayerGraph): boolean {
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
