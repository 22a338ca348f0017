import { sizeOf } from "../tensor/size_of.ts";
import { Tensor } from "../tensor/tensor.ts";
import type { Network } from "../training/network.ts";

/** Runs the predict program over samples in batches. */
export function predictRows(network: Network, x: Tensor, batchSize: number): Tensor {
  const count = x.shape[0];
  const width = sizeOf(network.inputShape);
  const outputs = sizeOf(network.outputShape);
  const result = new Float32Array(count * outputs);
  for (let from = 0; from < count; from += batchSize) {
    const to = Math.min(count, from + batchSize);
    const program = network.predictor(to - from);
    program.input("x").set(x.data.subarray(from * width, to * width));
    program.run();
    result.set(program.output("y"), from * outputs);
  }
  return new Tensor(result, [count, ...network.outputShape]);
}
