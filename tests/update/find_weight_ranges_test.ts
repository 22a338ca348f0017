import { assert, assertEquals } from "@std/assert";
import { layers, type optimizers, sequential } from "../../mod.ts";
import type { KernelCall } from "../../src/ops/op.ts";
import type { Program } from "../../src/program/program.ts";
import { shareOf } from "../../src/program/share_of.ts";
import { compileUpdate } from "../../src/update/compile_update.ts";
import { findWeightRanges, shareWeightRanges } from "../../src/update/find_weight_ranges.ts";

/** The elements of `gradients` that each rank reads or writes in a call: from … to, or null where the call does not. */
function sharesOf({ buffers, ranks }: Program, { args, split }: KernelCall): [number, number][] | null {
  for (const arg of args) {
    if (typeof arg !== "object" || !("ref" in arg)) continue;
    const { place } = buffers[arg.ref.buffer];
    if (place.kind !== "model" || place.block !== "gradients") continue;
    const from = place.offset + arg.ref.offset;
    return Array.from({ length: ranks }, (_, rank) => {
      const { begin, end } = shareOf(split, rank, ranks);
      return [from + arg.stride * begin, from + arg.stride * end];
    });
  }
  return null;
}

Deno.test("a rank updates the rows of a large matrix whose gradient it has computed", () => {
  for (const [inputs, units] of [[200, 300], [301, 129], [513, 64]]) {
    const model = sequential([
      layers.dense({ units, activation: "relu", inputShape: [inputs] }),
      layers.dense({ units: 3 }),
    ]);
    model.compile({ optimizer: "adam", loss: "mean_squared_error" });
    const { trainer, network } = model;
    const { offset, elements } = network.variables[0];
    for (const ranks of [2, 3, 5]) {
      const step = trainer.source.compileStep("train", { rows: 16, shapes: null }, ranks);
      const product = step.instructions.map((call) => [call.kernel, sharesOf(step, call)] as const)
        .find(([kernel, shares]) => kernel === "matmul" && shares?.[0][0] === offset);
      const { step: update } = compileUpdate(
        trainer.compiled.optimizer as optimizers.Optimizer,
        network.variables,
        new Map(),
        ranks,
      );
      const steps = update.instructions.filter(({ kernel }) => kernel === "adam_step").map((c) => sharesOf(update, c)!);
      const own = steps.find((shares) => shares[0][0] === offset)!;
      const end = offset + elements;
      const within = (shares: [number, number][]) => shares.map((share) => share.map((at) => Math.min(at, end)));
      assertEquals(within(own), within(product![1]!), `${inputs} × ${units}, ${ranks} threads`);
      // Every element once, in order.
      let at = 0;
      for (const [from, to] of steps.flat()) {
        if (to <= from) continue;
        assertEquals(from, at);
        at = to;
      }
      assert(at >= network.weightElements - 3);
    }
  }
});

Deno.test("ranges without large matrices stay as they are, and frozen variables stay out of all", () => {
  const variable = (offset: number, shape: number[], slot = offset) => {
    const elements = shape.reduce((a, b) => a * b, 1);
    return { name: `v${offset}`, shape, block: "weights" as const, offset, slot, elements, trainable: slot >= 0 };
  };
  const small = [variable(0, [3, 5]), variable(16, [5])];
  assertEquals(shareWeightRanges(findWeightRanges(small), small), findWeightRanges(small));
  const mixed = [
    variable(0, [7]),
    variable(8, [256, 256]),
    variable(65_544, [4], -1),
    variable(65_548, [200, 200], 65_544),
    variable(105_548, [2], 105_544),
    variable(105_556, [4], 105_548), // another model's lie between
  ];
  assertEquals(shareWeightRanges(findWeightRanges(mixed), mixed), [
    { offset: 0, slot: 0, elements: 8 },
    { offset: 8, slot: 8, elements: 65_536, quantum: 1024 },
    { offset: 65_548, slot: 65_544, elements: 40_000, quantum: 800 },
    { offset: 105_548, slot: 105_544, elements: 4 },
    { offset: 105_556, slot: 105_548, elements: 4 },
  ]);
});
