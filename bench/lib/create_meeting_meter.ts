import { layers, sequential } from "../../mod.ts";
import { withTeam } from "../../src/training/threads.ts";
import { summarize } from "./summarize.ts";

/**
 * Makes a function that measures how long two threads take to start an empty program and to meet at its end, in microseconds.
 *
 * On a virtual machine this tells how near to each other its cores are just now: some 0.1 to 0.3 µs within one cache, 0.7 µs and more
 * where the host has put them on different parts of the processor. Everything that threads share is slower then.
 */
export function createMeetingMeter(): () => Promise<number> {
  const { network } = sequential([layers.dense({ units: 1, inputShape: [1] })], { seed: 1 });
  const ranks = 2, calls = 20;
  return async () => {
    const samples: number[] = [];
    await withTeam(network.memory, ranks, () => {
      const { program } = network.predictor(1, ranks);
      const empty = network.memory.load({ ...program, instructions: [], barriers: [] });
      for (let i = 0; i < 500; i++) {
        const start = performance.now();
        for (let call = 0; call < calls; call++) empty.run();
        samples.push((performance.now() - start) * 1000 / calls);
      }
      network.memory.unload(empty);
      return Promise.resolve();
    });
    return summarize(samples).median;
  };
}
