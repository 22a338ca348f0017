import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { input, layers, model, sequential } from "../../mod.ts";
import { evaluateGraph } from "../../src/graph/evaluate_graph.ts";
import { Graph } from "../../src/graph/graph.ts";
import { runOp } from "../ops/run_op.ts";
import { drawNumbers } from "../models/draw_numbers.ts";
import { traceTraining } from "./trace_training.ts";

// Bits of threads and resumes, saved forms and gradients are in the suites over the samples: here stands what is mixed with what.

const PLACE = { seed: 2 ** 33 + 5, index: 0, step: 7 };
const KEYS = { seedLow: 0x9abcdef0, seedHigh: 0x0000cafe, stream: 0x05000003 };

/** n one-hot labels, the i-th of class i. */
const oneHot = (n: number): { shape: number[]; data: number[] } => ({
  shape: [n, n],
  data: Array.from({ length: n * n }, (_, i) => Math.floor(i / n) === i % n ? 1 : 0),
});
const draw = (op: string, attributes: Record<string, number | number[]>): Float32Array =>
  runOp(op, [{ shape: [], data: Uint32Array.of(7) }], { ...attributes, ...KEYS }).y;

Deno.test("mixUp blends labels as it blends samples", () => {
  const n = 37;
  const x = Array.from({ length: n }, (_, i) => i);
  const { y, labels } = traceTraining(layers.mixUp({ alpha: 0.7 }), { shape: [n, 1], x, labels: oneHot(n) }, PLACE);
  const partners = new Set<number>();
  for (let i = 0; i < n; i++) {
    const row = labels.subarray(n * i, n * i + n);
    // Sample i is the number i: so the blend of numbers is the mean of the classes, by what they count.
    assertAlmostEquals(row.reduce((sum, v) => sum + v, 0), 1, 1e-12);
    assertAlmostEquals(y[i], row.reduce((sum, v, j) => sum + j * v, 0), 1e-9);
    const others = [...row.keys()].filter((j) => j !== i && row[j] > 0);
    assert(others.length <= 1, `sample ${i} is blended with ${others}`);
    partners.add(others[0] ?? i);
  }
  assertEquals(partners.size, n, "each sample is the partner of one");
  assert(labels.some((v) => v > 0.02 && v < 0.98));
});

Deno.test("cutMix puts in a box of the partner's image, and blends labels by its area", () => {
  const [n, height, width] = [40, 24, 30];
  const x = Array.from({ length: n * height * width }, (_, i) => Math.floor(i / (height * width)));
  const layer = layers.cutMix({ factor: [1, 1] });
  const { y, labels } = traceTraining(layer, { shape: [n, height, width, 1], x, labels: oneHot(n) }, PLACE);
  let boxes = 0;
  for (let i = 0; i < n; i++) {
    const image = y.subarray(i * height * width, (i + 1) * height * width);
    const row = labels.subarray(n * i, n * i + n);
    const strange = [...image.keys()].filter((p) => image[p] !== i);
    const partner = row.findIndex((v, j) => j !== i && v > 0);
    if (strange.length === 0) continue;
    boxes++;
    assert(strange.every((p) => image[p] === partner), `image ${i} holds another one than that of its label`);
    const [rows, columns] = [strange.map((p) => Math.floor(p / width)), strange.map((p) => p % width)];
    const size = (all: number[]): number => Math.max(...all) - Math.min(...all) + 1;
    assertEquals(size(rows) * size(columns), strange.length, "a box");
    // Whole pixels: each side is off by less than one.
    const part = Math.sqrt(row[partner]);
    assert(Math.abs(size(rows) - part * height) < 1 && Math.abs(size(columns) - part * width) < 1);
  }
  assert(boxes > n / 2);
  const turned = layers.cutMix({ factor: [1, 1], dataFormat: "channelsFirst" });
  assertEquals(traceTraining(turned, { shape: [n, 1, height, width], x, labels: oneHot(n) }, PLACE), { y, labels });
});

Deno.test("all orders are equally likely", () => {
  const trials = 6000;
  const counts = new Map<string, number>();
  const graph = new Graph();
  const drawn = graph.apply("draw_order", [graph.cell("step")], { rows: 3, ...KEYS });
  for (let step = 0; step < trials; step++) {
    const order = evaluateGraph([drawn], () => Float64Array.of(step))[0].join();
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  assertEquals([...counts.keys()].sort(), ["0,1,2", "0,2,1", "1,0,2", "1,2,0", "2,0,1", "2,1,0"]);
  // Five standard deviations of a binomial count.
  for (const [order, count] of counts) {
    assert(Math.abs(count - trials / 6) < 5 * Math.sqrt(trials * 5 / 36), `${order} ${count} times`);
  }
  assertEquals(
    [...draw("draw_order", { rows: 1000 })].sort((a, b) => a - b),
    Array.from({ length: 1000 }, (_, i) => i),
  );
});

Deno.test("weights follow the beta distribution", () => {
  const n = 20_000;
  const distributions: readonly (readonly [number, (x: number) => number])[] = [
    [0.5, (x) => 2 / Math.PI * Math.asin(Math.sqrt(x))],
    [1, (x) => x],
    [2, (x) => x * x * (3 - 2 * x)],
    [3, (x) => x ** 3 * (10 - 15 * x + 6 * x * x)],
  ];
  for (const [alpha, share] of distributions) {
    const sorted = draw("symmetric_beta", { shape: [n], low: alpha, high: alpha }).toSorted();
    const apart = sorted.reduce((most, v, i) => Math.max(most, Math.abs(share(v) - (i + 0.5) / n)), 0);
    // Kolmogorov and Smirnov: passed by 999 in 1000.
    assert(apart < 1.95 / Math.sqrt(n), `alpha ${alpha}: ${apart}`);
  }
  for (const alpha of [0.01, 0.2, 8]) {
    const values = draw("symmetric_beta", { shape: [n], low: alpha, high: alpha });
    const mean = values.reduce((a, b) => a + b, 0) / n;
    const squares = values.map((v) => (v - 0.5) ** 2);
    const variance = squares.reduce((a, b) => a + b, 0) / n;
    const wanted = 1 / (4 * (2 * alpha + 1));
    // (b − ½)² is at most ¼: its deviation is at most √(wanted / 4).
    assert(Math.abs(mean - 0.5) < 5 * Math.sqrt(wanted / n), `alpha ${alpha}: mean ${mean}`);
    assert(Math.abs(variance - wanted) < 5 * Math.sqrt(wanted / 4 / n), `alpha ${alpha}: variance ${variance}`);
    assert(values.every((v) => v >= 0 && v <= 1));
  }
});

Deno.test("a step with mixUp is a step with the mixed batch: loss, metrics, weights", () => {
  const x = drawNumbers(12, 5, 3);
  const classes = x.map((_, i) => [0, 1, 2].map((c) => (i * 7) % 3 === c ? 1 : 0));
  const build = (first: layers.Layer[]) => {
    const built = sequential(
      [...first, layers.dense({ units: 3, activation: "softmax", inputShape: [5], name: "d" })],
      {
        seed: 6,
      },
    );
    built.compile({ optimizer: "sgd", loss: "categorical_crossentropy", metrics: ["accuracy", "mse"] });
    return built;
  };
  const mixing = build([layers.mixUp({ alpha: 1, inputShape: [5] })]);
  const plain = build([]);
  plain.setWeights(mixing.getWeights());
  assertEquals(mixing.evaluate(x, classes), plain.evaluate(x, classes), "evaluate mixes nothing");
  assertEquals(mixing.predict(x), plain.predict(x));
  const found = mixing.trainOnBatch(x, classes);
  const labels = { shape: [12, 3], data: classes.flat() };
  const mixed = traceTraining(
    layers.mixUp({ alpha: 1 }),
    { shape: [12, 5], x: x.flat(), labels },
    { seed: 6, index: 0, step: 0 },
  );
  const rows = (values: Float64Array, width: number): number[][] =>
    Array.from({ length: 12 }, (_, i) => [...values.subarray(width * i, width * i + width)]);
  const wanted = plain.trainOnBatch(rows(mixed.y, 5), rows(mixed.labels, 3));
  for (const name of ["loss", "accuracy", "mse"]) assertAlmostEquals(found[name]!, wanted[name]!, 1e-6, name);
  mixing.getWeights().forEach(({ data }, i) =>
    data.forEach((v, j) => assertAlmostEquals(v, plain.getWeights()[i].data[j], 1e-6))
  );
});

Deno.test("labels of all outputs are mixed, those with other axes of classes and composed metrics too", () => {
  const x = drawNumbers(9, 4, 3);
  const inputs = input({ shape: [4] });
  const mixed = layers.mixUp({ alpha: 2 }).apply(inputs);
  const build = (h: layers.LayerOutput) => {
    const a = layers.dense({ units: 2, name: "a" }).apply(h);
    const b = layers.reshape({ targetShape: [3, 2], name: "b" }).apply(layers.dense({ units: 6, name: "c" }).apply(h));
    const built = model({ inputs, outputs: { a, b } }, { seed: 1 });
    const axis = { id: "categorical_crossentropy", config: { axis: 1, fromLogits: true } } as const;
    built.compile({
      optimizer: "sgd",
      loss: { a: "mse", b: axis },
      metrics: { a: ["mae"], b: ["categorical_accuracy"] },
    });
    return built;
  };
  const labels = {
    a: drawNumbers(9, 2, 4),
    b: x.map((_, i) => [0, 1, 2].map((c) => [i % 3 === c ? 1 : 0, (i + 1) % 3 === c ? 1 : 0])),
  };
  const [first, second] = [build(mixed), build(inputs)];
  second.setWeights(first.getWeights());
  const [found, plain] = [first, second].map((one) => one.trainOnBatch(x, labels) as Record<string, number>);
  for (const name of ["a_loss", "b_loss", "a_mae"]) {
    assert(Number.isFinite(found[name]) && Math.abs(found[name] - plain[name]) > 1e-3, name);
  }
});

Deno.test("numbers of classes cannot be mixed: the message says what to do", () => {
  const built = sequential([layers.mixUp({ inputShape: [3] }), layers.dense({ units: 3, activation: "softmax" })]);
  built.compile({ optimizer: "sgd", loss: "sparse_categorical_crossentropy" });
  const x = drawNumbers(4, 3, 1);
  assertThrows(
    () => built.trainOnBatch(x, [0, 1, 2, 0]),
    TypeError,
    'Cannot train with layer "mix_up": it changes labels, which must not be numbers of classes, as loss ' +
      '"sparse_categorical_crossentropy" takes them; give one-hot labels and use "categorical_crossentropy"',
  );
  assertEquals(built.predict(x).shape, [4, 3]);
  assert(built.evaluate(x, [0, 1, 2, 0]).loss > 0);
});

Deno.test("a layer of one's own changes labels, to the same shape", () => {
  class Smooth extends layers.Layer {
    constructor(readonly change: unknown) {
      super("smooth", { inputShape: [2] });
    }
    override call(t: layers.Tracing, x: Parameters<layers.Layer["call"]>[1]) {
      t.changeLabels(this.change as never);
      return x;
    }
  }
  const build = (change: unknown) => {
    const built = sequential([new Smooth(change)]);
    built.compile({ optimizer: "sgd", loss: "mse" });
    return () => built.trainOnBatch([[0, 0]], [[1, 3]]).loss;
  };
  // deno-lint-ignore no-explicit-any
  assertEquals(build((labels: any) => labels.graph.ops.multiply(labels, 2))(), (4 + 36) / 2);
  assertThrows(build(() => 3), TypeError, "changeLabels must give labels of the shape of those it gets, [1, 2], got 3");
  // deno-lint-ignore no-explicit-any
  assertThrows(build((labels: any) => labels.graph.ops.reshape(labels, [2])), TypeError, "[1, 2], got [2]");
  assertThrows(() => build(3), TypeError, "changeLabels takes a function of the labels, got 3");
});

Deno.test("options that are none are refused", () => {
  // deno-lint-ignore no-explicit-any
  const any = (options: unknown): any => options;
  assertThrows(() => layers.mixUp({ alpha: 0 }), RangeError, "alpha must be a number > 0, got 0");
  assertThrows(() => layers.mixUp(any({ aplha: 1 })), TypeError, 'did you mean "alpha"');
  assertThrows(() => layers.cutMix({ factor: 1.5 }), RangeError, "factor must be a number >= 0 and <= 1, got 1.5");
  assertThrows(() => layers.cutMix(any({ factor: "1" })), TypeError, "factor must be a number or [lower, upper]");
  assertThrows(() => layers.cutMix().apply(input({ shape: [4] })), TypeError, "[height, width, channels], got [4]");
});
