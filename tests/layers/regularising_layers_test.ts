import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { compileModel, layers, sequential } from "../../mod.ts";
import { load } from "../../src/edge/edge.ts";
import { evaluateGraph } from "../../src/graph/evaluate_graph.ts";
import { Graph } from "../../src/graph/graph.ts";
import type { TraceScope } from "../../src/layers/tracing.ts";
import { RandomStream } from "../../src/tensor/random_stream.ts";
import { sizeOf } from "../../src/tensor/size_of.ts";
import { streamOf } from "../../src/tensor/streams.ts";

const SEED = 9, STEP = 3, INDEX = 5;

/** What a layer makes of x, in float64, in a training step or outside of one. */
function trace(layer: layers.Layer, shape: number[], x: ArrayLike<number>, training = true): Float64Array {
  const graph = new Graph({ batch: shape[0] });
  const input = graph.input("x", shape);
  const scope: TraceScope = {
    graph,
    training,
    seed: SEED,
    masks: new Map(),
    nextIndex: () => 0,
    assign: () => {},
    addLoss: () => {},
    changeLabels: () => {},
    isFrozen: () => false,
    variable: () => {
      throw new Error("no weights here");
    },
  };
  const [y] = layer.trace(scope, [input], { index: INDEX, path: "layer", options: {} });
  return evaluateGraph([y], (leaf) => leaf === input ? Float64Array.from(x) : Float64Array.of(STEP))[0];
}

const ones = (shape: number[]): Float64Array => new Float64Array(sizeOf(shape)).fill(1);
const uniform = (purpose: "dropout" | "noise", seed = SEED): RandomStream =>
  new RandomStream(seed, streamOf(purpose, INDEX), STEP);

Deno.test("dropout draws of a tensor of its noise shape", () => {
  const shape = [3, 4, 5];
  for (
    const [noiseShape, index] of [
      [[null, 1, null], (b: number, _: number, c: number) => b * 5 + c],
      [[null, 1, 5], (b: number, _: number, c: number) => b * 5 + c],
      [[1, 4, null], (_: number, t: number, c: number) => t * 5 + c],
      [[null, null, 1], (b: number, t: number) => b * 4 + t],
      [[1, 1, 1], () => 0],
      [[null, 4, 5], (b: number, t: number, c: number) => (b * 4 + t) * 5 + c],
      [null, (b: number, t: number, c: number) => (b * 4 + t) * 5 + c],
    ] as const
  ) {
    const random = uniform("dropout");
    const kept = Array.from({ length: 60 }, () => random.nextUniform() >= 0.4);
    const y = trace(layers.dropout({ rate: 0.4, noiseShape }), shape, ones(shape));
    y.forEach((v, i) => {
      const keep = kept[index(Math.floor(i / 20), Math.floor(i / 5) % 4, i % 5)];
      assertEquals(v, keep ? 1 / 0.6 : 0, `${noiseShape} ${i}`);
    });
  }
});

Deno.test("spatial dropout is dropout with a mask a channel", () => {
  const same = (layer: layers.Layer, noiseShape: (number | null)[], shape: number[]): void => {
    const x = Float64Array.from({ length: sizeOf(shape) }, (_, i) => i + 1);
    const y = trace(layer, shape, x);
    assertEquals(y, trace(layers.dropout({ rate: 0.3, noiseShape }), shape, x));
    assert(y.includes(0) && !y.every((v) => v === 0));
  };
  same(layers.spatialDropout1d({ rate: 0.3 }), [null, 1, null], [5, 4, 3]);
  same(layers.spatialDropout2d({ rate: 0.3 }), [null, 1, 1, null], [5, 4, 2, 3]);
  same(layers.spatialDropout2d({ rate: 0.3, dataFormat: "channels_first" }), [null, null, 1, 1], [5, 4, 2, 3]);
});

Deno.test("gaussian noise and dropout draw their stream's normal numbers", () => {
  const shape = [4, 7];
  const x = Float64Array.from({ length: 28 }, (_, i) => i - 11);
  const added = uniform("noise", 77), multiplied = uniform("noise");
  const noise = trace(layers.gaussianNoise({ stddev: 2.5, seed: 77 }), shape, x);
  noise.forEach((v, i) => assertAlmostEquals(v, x[i] + 2.5 * added.nextNormal(), 1e-12));
  const drop = trace(layers.gaussianDropout({ rate: 0.2 }), shape, x);
  drop.forEach((v, i) => assertAlmostEquals(v, x[i] * (1 + 0.5 * multiplied.nextNormal()), 1e-12));
});

Deno.test("alpha dropout is Keras's formula, and keeps mean 0 and variance 1", () => {
  const rate = 0.25, lowest = -1.7580993408473766;
  const a = ((1 - rate) * (1 + rate * lowest ** 2)) ** -0.5, b = -a * lowest * rate;
  const n = 40_000;
  const normal = new RandomStream(1, 2);
  const x = Float64Array.from({ length: n }, () => normal.nextNormal());
  const random = uniform("dropout");
  const y = trace(layers.alphaDropout({ rate }), [n, 1], x);
  y.forEach((v, i) => assertAlmostEquals(v, a * (random.nextUniform() >= rate ? x[i] : lowest) + b, 1e-12));
  const mean = y.reduce((sum, v) => sum + v, 0) / n;
  const variance = y.reduce((sum, v) => sum + (v - mean) ** 2, 0) / n;
  // Five standard deviations; a fourth moment of 3 is that of normal numbers, and the largest here.
  assert(Math.abs(mean) < 5 / Math.sqrt(n), `mean ${mean}`);
  assert(Math.abs(variance - 1) < 5 * Math.sqrt(2 / n), `variance ${variance}`);
});

const CREATE: Readonly<Record<string, () => layers.Layer>> = {
  dropout: () => layers.dropout({ rate: 0.5, noiseShape: [null, 1, null] }),
  alpha_dropout: () => layers.alphaDropout({ rate: 0.5 }),
  gaussian_dropout: () => layers.gaussianDropout({ rate: 0.5 }),
  gaussian_noise: () => layers.gaussianNoise({ stddev: 1 }),
  spatial_dropout1d: () => layers.spatialDropout1d({ rate: 0.5 }),
};

for (const [type, create] of Object.entries(CREATE)) {
  Deno.test(`${type} changes training only; compileModel leaves it out`, () => {
    const x = Float64Array.from({ length: 24 }, (_, i) => i + 1);
    assertEquals(trace(create(), [2, 3, 4], x, false), x);
    assert(trace(create(), [2, 3, 4], x).some((v, i) => v !== x[i]));
    const model = sequential([layers.inputLayer({ shape: [3, 4] }), create(), layers.rescaling({ scale: 2 })]);
    assertEquals([...model.predict({ data: Float32Array.from(x), shape: [2, 3, 4] }).data], [...x.map((v) => 2 * v)]);
    const found = load(compileModel(model)).predictBatch(Float32Array.from(x));
    assertEquals([...found], [...x.map((v) => 2 * v)]);
  });
}

Deno.test("a rate and a deviation of 0 change nothing", () => {
  const x = Float64Array.of(1, -2, 3, 4);
  for (
    const layer of [
      layers.alphaDropout({ rate: 0 }),
      layers.gaussianDropout({ rate: 0 }),
      layers.gaussianNoise({ stddev: 0 }),
    ]
  ) assertEquals(trace(layer, [2, 2], x), x);
  assertEquals(trace(layers.spatialDropout1d({ rate: 0 }), [1, 2, 2], x), x);
});

Deno.test("options that cannot be are refused, with what was found", () => {
  // deno-lint-ignore no-explicit-any
  const any = (value: unknown): any => value;
  const names = ["alphaDropout", "gaussianDropout", "spatialDropout1d", "spatialDropout2d"] as const;
  for (const name of names) {
    assertThrows(() => layers[name]({ rate: 1 }), RangeError, "rate must be a number >= 0 and < 1, got 1");
    assertThrows(() => layers[name](any({})), TypeError, "rate");
    assertThrows(() => layers[name](any({ rate: 0.5, rat: 1 })), TypeError, "rat");
    assertThrows(() => layers[name]({ rate: 0.5, seed: -1 }), RangeError, "seed");
  }
  assertThrows(() => layers.gaussianNoise({ stddev: -0.1 }), RangeError, "stddev must be a number >= 0, got -0.1");
  assertThrows(() => layers.gaussianNoise(any({ stddev: "1" })), TypeError, "stddev");
  assertThrows(() => layers.spatialDropout2d({ rate: 0.5, dataFormat: any("last") }), RangeError, "dataFormat");
  assertThrows(() => layers.spatialDropout1d(any({ rate: 0.5, dataFormat: "channels_last" })), TypeError, "dataFormat");
  for (const noiseShape of [[2, 1], [null, 0], [undefined], "1", [null, 1.5]]) {
    assertThrows(() => layers.dropout({ rate: 0.5, noiseShape: any(noiseShape) }), TypeError, "noiseShape must be");
  }
  const build = (layer: layers.Layer, shape: number[]) => () => sequential([layer]).build(shape);
  for (const noiseShape of [[null, 1], [null, 2, 4], [null, 1, 1, 1]]) {
    assertThrows(build(layers.dropout({ rate: 0, noiseShape }), [3, 4]), TypeError, "noiseShape must have the batch");
  }
  const apart = layers.dropout({ rate: 0.5, noiseShape: [null, null, 1, null, 1] });
  assertThrows(build(apart, [2, 3, 2, 3]), TypeError, "noiseShape must share axes in at most two runs");
  assertThrows(build(layers.spatialDropout1d({ rate: 0.5 }), [3]), TypeError, "needs samples with 2 axes, got [3]");
  assertThrows(build(layers.spatialDropout2d({ rate: 0.5 }), [3, 4]), TypeError, "needs samples with 3 axes");
});
