import { InputLayer } from "./input_layer.ts";
import type { LayerNode, LayerOutput } from "./layer_output.ts";

/** The samples of every batch that an input before these tensors states (`batchSize`); null where none does. */
export function findBatchSize(outputs: readonly LayerOutput[]): number | null {
  const seen = new Set<LayerNode>();
  const pending = outputs.map(({ node }) => node);
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    if (node.layer instanceof InputLayer && node.layer.batchSize !== undefined) return node.layer.batchSize;
    for (const input of node.inputs) pending.push(input.node);
  }
  return null;
}
