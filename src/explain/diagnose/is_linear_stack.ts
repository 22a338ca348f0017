import type { AnyModel } from "../trace/internals_of.ts";
import { activationOf } from "./activation_of.ts";

/** Layers that, without an activation, give sums of what they get times weights. */
const LINEAR: ReadonlySet<string> = new Set([
  "dense",
  "conv1d",
  "conv2d",
  "conv1d_transpose",
  "conv2d_transpose",
  "depthwise_conv1d",
  "depthwise_conv2d",
  "separable_conv1d",
  "separable_conv2d",
  "flatten",
  "reshape",
  "permute",
  "dropout",
  "average_pooling1d",
  "average_pooling2d",
  "global_average_pooling1d",
  "global_average_pooling2d",
  "zero_padding1d",
  "zero_padding2d",
  "normalization",
  "rescaling",
  "activation",
  "add",
  "concatenate",
]);

/** Whether nothing but sums and products with weights lies between the inputs and the last layer that has weights. */
export function isLinearStack({ network: { graph, variables } }: AnyModel): boolean {
  const { nodes } = graph;
  const owners = new Set(
    variables.filter(({ slot }) => slot >= 0).map(({ within: [outermost] }) => outermost as object),
  );
  const last = nodes.findLastIndex(({ layer }) => owners.has(layer));
  return nodes.slice(0, last).every(({ layer }) => LINEAR.has(layer.type) && activationOf(layer) === null) &&
    last >= 0 && LINEAR.has(nodes[last].layer.type);
}
