import { sizeOf } from "../tensor/size_of.ts";
import type { BatchHandler } from "../workers/batch_queue.ts";
import { Tensor } from "../tensor/tensor.ts";
import type { Network } from "../training/network.ts";
import { runBatches } from "../training/run_batches.ts";
import { areEnough, shareBatches } from "../training/share_batches.ts";
import { chooseRanksNow, withTeamNow, type Workers } from "../training/threads.ts";

/** Runs the predict program over samples in batches. While a fit goes on it runs on this thread alone. */
export function predictRows(network: Network, x: Tensor, batchSize: number, workers: Workers): Tensor {
  const count = x.shape[0];
  const width = sizeOf(network.inputShape);
  const outputs = sizeOf(network.outputShape);
  const result = new Float32Array(count * outputs);
  const handler: BatchHandler = {
    fill(program, batch) {
      const from = batch * batchSize;
      program.input("x").set(x.data.subarray(from * width, Math.min(count, from + batchSize) * width));
    },
    take: (program, batch) => result.set(program.output("y"), batch * batchSize * outputs),
  };
  const { memory } = network;
  const whole = Math.floor(count / batchSize);
  const all = Math.ceil(count / batchSize);
  const predict = (ranks: number, from: number): void => {
    for (let batch = from; batch < all; batch++) {
      const rows = Math.min(count, (batch + 1) * batchSize) - batch * batchSize;
      runBatches(network.predictor(rows, ranks), handler, batch, batch + 1);
    }
  };
  if (workers === 1 || memory.team !== null) {
    predict(1, 0);
  } else if (areEnough(whole, workers)) {
    // Threads that each take batches never meet; where there are too few, a team shares every batch.
    shareBatches(memory, network.predictor(batchSize), whole, workers, handler);
    predict(1, whole);
  } else {
    const { cost } = network.predictor(Math.min(batchSize, count)).program;
    const ranks = chooseRanksNow(memory, workers, cost, all);
    withTeamNow(memory, ranks, () => predict(ranks, 0));
  }
  return new Tensor(result, [count, ...network.outputShape]);
}
