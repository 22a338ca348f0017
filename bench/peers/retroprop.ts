/**
 * This library as one of the contestants, by its public API. Usage: `deno run -A bench/peers/retroprop.ts <workload> [threads]`.
 *
 * @module
 */
import { layers, sequential, tensor } from "../../mod.ts";
import { createMlp } from "../lib/create_mlp.ts";
import { createXor } from "../lib/create_xor.ts";
import { fitXor } from "../lib/fit_xor.ts";
import { summarize } from "../lib/summarize.ts";
import type { Threads } from "../lib/thread_counts.ts";
import { timeSteps } from "../lib/time_steps.ts";
import { drawUniform, runPeer } from "./measure.ts";

const threads: Threads = Deno.args[1] === undefined ? "auto" : Number(Deno.args[1]);

await runPeer({
  version: "this commit",
  fitXor: () => fitXor(createXor(1), threads),
  createStep: (widths, batch) => {
    const classifier = createMlp(widths, batch * 4);
    return async () => summarize(await timeSteps(classifier, { batch, ms: 200, threads })).median;
  },
  createProduct: (size) => {
    const model = sequential([layers.dense({ units: size, useBias: false, inputShape: [size] })]);
    const x = tensor(drawUniform(size * size, -1, 1), [size, size]);
    return async () => {
      await new Promise((resolve) => setTimeout(resolve)); // a team is handed back between calls when the event loop turns
      const start = performance.now();
      model.predict(x, { batchSize: size, workers: threads });
      return performance.now() - start;
    };
  },
});
