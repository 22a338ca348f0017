import type { CompiledWeights } from "../files/compiled_format.ts";
import type { NamedTensor } from "../files/named_tensor.ts";
import { orderNodes } from "../program/order_nodes.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { correctBias, evaluateWith, meanProductInputs } from "./calibrate.ts";
import type { InferenceGraph, Weight } from "./inference_graph.ts";
import { isConvolution } from "./is_convolution.ts";
import { isProduct } from "./is_product.ts";
import { isRecurrence } from "./is_recurrence.ts";
import { storeWeight } from "./store_weights.ts";

/** Stores all weights, and gives the values that a reader of the file gets, by name. */
export function storeGraph(
  { outputs, weights: all }: InferenceGraph,
  weights: CompiledWeights,
  samples: Float32Array | null,
  width: number,
): { tensors: NamedTensor[]; values: ReadonlyMap<string, Float64Array> } {
  const nodes = orderNodes(outputs), products = nodes.filter(isProduct);
  const kernels = new Set(
    nodes.filter((node) => isProduct(node) || isConvolution(node) || isRecurrence(node)).map(({ inputs }) =>
      nameOf(inputs[1])
    ),
  );
  const evaluate = evaluateWith((name) => all.get(name)!.values);
  const means = samples === null || weights === "float32"
    ? null
    : meanProductInputs(products, evaluate, samples, width);
  const tensors: NamedTensor[] = [];
  const values = new Map<string, Float64Array>();
  const keep = (weight: Weight): void => {
    const stored = storeWeight(weight, kernels.has(weight.name), weights);
    for (const tensor of stored.tensors) tensors.push(tensor);
    values.set(weight.name, stored.values);
  };
  const kernelOf = new Map<string, string>(); // bias → its kernel
  const shared = new Set<string>(); // biases of several kernels: what corrects one would spoil the other
  for (const { inputs: [, kernel, bias] } of products) {
    if (bias === undefined) continue;
    const known = kernelOf.get(nameOf(bias));
    if (known !== undefined && known !== nameOf(kernel)) shared.add(nameOf(bias));
    kernelOf.set(nameOf(bias), nameOf(kernel));
  }
  for (const bias of shared) kernelOf.delete(bias);
  for (const weight of all.values()) if (!kernelOf.has(weight.name)) keep(weight);
  for (const weight of all.values()) {
    const kernel = kernelOf.get(weight.name);
    if (kernel === undefined) continue;
    const mean = means?.get(kernel);
    keep(mean === undefined ? weight : correctBias(weight, all.get(kernel)!, values.get(kernel)!, mean));
  }
  return { tensors, values };
}

function nameOf({ attributes }: Symbolic): string {
  return attributes.name as string;
}
