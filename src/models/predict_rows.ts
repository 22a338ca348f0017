import { sizeOf } from "../tensor/size_of.ts";
import { Tensor } from "../tensor/tensor.ts";
import type { Network } from "../training/network.ts";
import { chooseRanksNow, withTeamNow, type Workers } from "../training/threads.ts";

/** Runs the predict program over samples in batches. While a fit goes on it runs on this thread alone. */
export function predictRows(network: Network, x: Tensor, batchSize: number, workers: Workers): Tensor {
  const count = x.shape[0];
  const width = sizeOf(network.inputShape);
  const outputs = sizeOf(network.outputShape);
  const result = new Float32Array(count * outputs);
  const predict = (ranks: number): Tensor => {
    for (let from = 0; from < count; from += batchSize) {
      const to = Math.min(count, from + batchSize);
      const program = network.predictor(to - from, ranks);
      program.input("x").set(x.data.subarray(from * width, to * width));
      program.run();
      result.set(program.output("y"), from * outputs);
    }
    return new Tensor(result, [count, ...network.outputShape]);
  };
  if (workers === 1 || network.memory.team !== null) return predict(1);
  const { cost } = network.predictor(Math.min(batchSize, count)).program;
  const ranks = chooseRanksNow(workers, cost, Math.ceil(count / batchSize));
  return withTeamNow(network.memory, ranks, () => predict(ranks));
}
