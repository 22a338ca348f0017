import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { layers, sequential } from "../../mod.ts";
import { Graph } from "../../src/graph/graph.ts";
import { byBatch, count, type KernelCall, read, write } from "../../src/ops/op.ts";
import { chooseQuanta } from "../../src/program/choose_quanta.ts";
import { compileProgram } from "../../src/program/compile_program.ts";
import { shareOf } from "../../src/program/share_of.ts";

Deno.test("a batch of 4 samples [128, 64] uses all of 4 threads, also behind a reshape", () => {
  const graph = new Graph({ batch: 4 });
  const x = graph.input("x", [4, 128, 64]);
  const hidden = graph.apply("matmul", [x, graph.variable("w", [64, 32])]);
  const flat = graph.apply("reshape", [hidden], { shape: [4 * 128, 32] });
  const node = graph.apply("map", [flat], { formula: "tanh" });
  const program = compileProgram({
    outputs: [{ name: "y", node }],
    locate: () => ({ block: "weights", offset: 0 }),
    ranks: 4,
  });
  const shared = program.instructions.filter(({ split }) => split?.axis === "batch");
  assertEquals(shared.map(({ kernel }) => kernel).sort(), ["matmul", "pack_rows", "tanh_forward"]);
  for (const { split } of shared) {
    for (let rank = 0; rank < 4; rank++) assertEquals(shareOf(split, rank, 4), { begin: rank, end: rank + 1 });
  }
});

Deno.test("four large samples give the same bits on 1, 2, 3, 4 and 7 threads", async () => {
  const x = Float32Array.from({ length: 4 * 32 * 12 }, (_, i) => Math.sin(i * i));
  const y = Float32Array.from({ length: 4 * 32 * 3 }, (_, i) => Math.cos(i * i));
  const train = async (workers: number): Promise<Float32Array[]> => {
    const model = sequential([
      layers.dense({ units: 20, activation: "tanh", inputShape: [32, 12] }),
      layers.dense({ units: 3 }),
    ], { seed: 3 });
    model.compile({ optimizer: "adam", loss: "mean_squared_error" });
    await model.fit(
      { data: x, shape: [4, 32, 12] } as never,
      { data: y, shape: [4, 32, 3] } as never,
      { epochs: 3, batchSize: 4, workers, verbose: 0 },
    );
    return model.getWeights().map(({ data }) => data);
  };
  const expected = await train(1);
  for (const workers of [2, 3, 4, 7]) assertEquals(await train(workers), expected, `${workers} threads`);
});

Deno.test("shares end on whole vectors of all that is written, and are not cut finer where they are even", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 64 }),
      fc.integer({ min: 2, max: 7 }),
      fc.array(fc.integer({ min: 1, max: 24 }), { minLength: 1, maxLength: 3 }),
      fc.constantFrom(1, 2, 4),
      (units, ranks, strides, least) => {
        const calls: KernelCall[] = strides.map((stride, buffer) => ({
          kernel: "any",
          args: [write({ buffer, offset: 0 }, stride), read({ buffer: 9, offset: 0 }, 1), count()],
          split: byBatch(units, least),
        }));
        chooseQuanta(calls, ranks).forEach(({ split }, i) => {
          const fourths = Array.from({ length: ranks }, (_, rank) => shareOf(byBatch(units), rank, ranks));
          const largest = Math.max(...fourths.map(({ begin, end }) => end - begin));
          const shares = Array.from({ length: ranks }, (_, rank) => shareOf(split, rank, ranks));
          assertEquals(split!.quantum % least, 0);
          for (const { end } of shares) assert(end === units || end * strides[i] % 4 === 0);
          for (const { begin, end } of shares) assert(end - begin <= largest);
          if (largest * ranks <= 1.25 * units) assertEquals(split!.quantum, 4);
        });
      },
    ),
    { seed: 1, numRuns: 2000 },
  );
});
