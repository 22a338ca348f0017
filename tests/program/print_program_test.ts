import { assert, assertEquals, assertThrows } from "@std/assert";
import { layers, printStep, sequential } from "../../mod.ts";
import { byBatch, byEvery, count, none, ofRank, read, readColumns, write } from "../../src/ops/op.ts";
import { printProgram } from "../../src/program/print_program.ts";
import type { Program } from "../../src/program/program.ts";

const program: Program = {
  buffers: [
    { name: "input x", elements: 24, place: { kind: "arena", offset: 16 } },
    { name: "variable w", elements: 6, place: { kind: "model", block: "weights", offset: 4 } },
  ],
  instructions: [
    { kernel: "first", args: [write({ buffer: 0, offset: 0 }, 3), none, 0.5, count(3)], split: byBatch(8) },
    {
      kernel: "second",
      args: [ofRank({ buffer: 0, offset: 2 }, 12), read({ buffer: 1, offset: 0 }, 0), count()],
      split: byEvery,
    },
    { kernel: "third", args: [readColumns({ buffer: 1, offset: 0 }, 1, 3), 7], split: null },
  ],
  ranks: 2,
  barriers: [2],
  cost: { flops: 10, bytes: 20 },
  arenaElements: 40,
  inputs: { x: 0 },
  outputs: {},
};

Deno.test("a program as text: buffers with their places, calls with what moves, and where threads meet", () => {
  assertEquals(
    printProgram(program),
    [
      "program for 2 threads: 10 flops, 20 bytes, arena of 40 elements",
      "inputs: x in b0",
      "outputs: none",
      "b0: input x, 24 elements in arena at 16",
      "b1: variable w, 6 elements in weights at 4",
      "first(write b0 + 3·u, none, 0.5, n·3)  shared by batch: 8 in multiples of 4",
      "second(own part of b0 + 2 + 12·rank, read b1, n)  every thread",
      "-- all threads meet --",
      "third(read b1 + 1·u of rows of 3, 7)  one thread",
    ].join("\n"),
  );
});

Deno.test("printStep prints the program of a training step for the batch and the threads that are asked for", () => {
  const model = sequential([layers.dense({ units: 3, activation: "tanh", inputShape: [2] })]);
  model.compile({ optimizer: "sgd", loss: "mse" });
  const text = printStep(model, { batchSize: 8, workers: 2 });
  assert(text.startsWith("program for 2 threads: "), text);
  assert(text.includes("tanh_forward(") && text.includes("shared by batch: 8 in"), text);
  assert(text.includes("variable dense/kernel, 6 elements in weights at 0") && text.includes("in gradients at "), text);
  assert(text.includes("-- all threads meet --"), text);
  assert(!printStep(model, { batchSize: 8 }).includes("meet"), "one thread meets nobody");
  assertThrows(() => printStep(model, { batchSize: 0 }), RangeError, "batchSize must be an integer >= 1, got 0");
  assertThrows(() => printStep(model, { threads: 2 } as object), TypeError, 'unknown option "threads"');
  assertThrows(() => printStep(sequential([layers.dense({ units: 1, inputShape: [2] })])), Error, "compile");
});
