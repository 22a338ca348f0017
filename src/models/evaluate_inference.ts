import { opNamed } from "../ops/table.ts";
import type { InferenceNode, Weight } from "./inference_graph.ts";

/** Called with every product and the rows of its left factor. */
export type ProductObserver = (product: InferenceNode & { kind: "product" }, x: Float64Array) => void;

/**
 * The float64 output of a folded graph for as many samples as it was traced for.
 *
 * @param observe is told what every product multiplies
 */
export function evaluateInference(output: InferenceNode, input: Float64Array, observe?: ProductObserver): Float64Array {
  const known = new Map<InferenceNode | Weight, Float64Array>();
  const valueOf = (node: InferenceNode | Weight): Float64Array => {
    if (node.kind === "weight") return node.values;
    if (node.kind === "input") return input;
    let value = known.get(node);
    if (value === undefined) {
      if (node.kind === "call") {
        const inputs = node.inputs.map((source, i) => ({ shape: node.node.inputs[i].shape, data: valueOf(source) }));
        value = opNamed(node.node.op).evaluate(inputs, node.node);
      } else {
        const x = valueOf(node.x);
        observe?.(node, x);
        value = multiply(node, x);
      }
      known.set(node, value);
    }
    return value;
  };
  return valueOf(output);
}

function multiply({ kernel, bias, relu }: InferenceNode & { kind: "product" }, x: Float64Array): Float64Array {
  const [k, n] = kernel.shape;
  const rows = x.length / k;
  const y = new Float64Array(rows * n);
  for (let i = 0; i < rows; i++) {
    const row = y.subarray(i * n, (i + 1) * n);
    if (bias !== null) row.set(bias.values);
    for (let p = 0, q = 0; p < k; p++) {
      const a = x[i * k + p];
      for (let j = 0; j < n; j++) row[j] += a * kernel.values[q++];
    }
  }
  return relu ? y.map((v) => v < 0 ? 0 : v) : y;
}
