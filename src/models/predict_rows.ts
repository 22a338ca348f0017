import { namePorts } from "../data/name_ports.ts";
import type { BatchHandler } from "../workers/batch_queue.ts";
import { sizeOf } from "../tensor/size_of.ts";
import { Tensor } from "../tensor/tensor.ts";
import type { Network } from "../training/network.ts";
import { runBatches } from "../training/run_batches.ts";
import { areEnough, shareBatches } from "../training/share_batches.ts";
import { chooseRanksNow, withTeamNow, type Workers } from "../training/threads.ts";

/** Runs the predict program over samples in batches: a tensor for each input, and for each output. While a fit goes on it runs on this thread alone. */
export function predictRows(
  network: Network,
  x: readonly Tensor[],
  batchSize: number,
  workers: Workers,
): readonly Tensor[] {
  const count = x[0].shape[0];
  const inputNames = namePorts("x", x.length);
  const { memory, outputNames } = network;
  const settled = network.shapesFor(x);
  const { outputs } = network.settle(settled);
  const widths = outputs.map(sizeOf);
  const results = widths.map((width) => new Float32Array(count * width));
  const handler: BatchHandler = {
    fill(program, batch) {
      const from = batch * batchSize;
      const to = Math.min(count, from + batchSize);
      for (let i = 0; i < x.length; i++) {
        const { data } = x[i];
        const width = data.length / count;
        program.input(inputNames[i]).set(data.subarray(from * width, to * width));
      }
    },
    take(program, batch) {
      for (let i = 0; i < results.length; i++) {
        results[i].set(program.output(outputNames[i]), batch * batchSize * widths[i]);
      }
    },
  };
  const whole = Math.floor(count / batchSize);
  const all = Math.ceil(count / batchSize);
  const predict = (ranks: number, from: number): void => {
    for (let batch = from; batch < all; batch++) {
      const rows = Math.min(count, (batch + 1) * batchSize) - batch * batchSize;
      runBatches(network.predictor(rows, ranks, settled), handler, batch, batch + 1);
    }
  };
  if (workers === 1 || memory.team !== null) {
    predict(1, 0);
  } else if (areEnough(whole, workers) && !network.isStateful) {
    // Threads that each take batches never meet; where there are too few, a team shares every batch.
    shareBatches(memory, network.predictor(batchSize, 1, settled), whole, workers, handler);
    predict(1, whole);
  } else {
    const { cost } = network.predictor(Math.min(batchSize, count), 1, settled).program;
    const ranks = chooseRanksNow(memory, workers, cost, all);
    withTeamNow(memory, ranks, () => predict(ranks, 0));
  }
  return results.map((result, i) => new Tensor(result, [count, ...outputs[i]]));
}
