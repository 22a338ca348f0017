import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { initializers, input, Layer, type LayerOptions, layers, loadModel, model, ops, sequential } from "../../mod.ts";
import type { Symbolic, Tracing } from "../../mod.ts";
import { Graph } from "../../src/graph/graph.ts";

// deno-lint-ignore no-explicit-any
type Any = any;

interface ScaleOptions extends LayerOptions {
  start?: number;
}

/** The layer of one's own that README shows. */
class Scale extends Layer {
  readonly #options: ScaleOptions;
  constructor(options: ScaleOptions = {}) {
    super("scale", options, ["start"]);
    this.#options = options;
  }
  override get config() {
    return { ...this.commonConfig(), start: this.#options.start ?? 1 };
  }
  protected override build(): void {
    const initializer = initializers.constant({ value: this.#options.start ?? 1 });
    this.addWeight({ name: "factor", shape: [1], initializer });
  }
  override call(t: Tracing, x: Symbolic): Symbolic {
    return t.ops.multiply(x, t.weight("factor"));
  }
}

const X = [[1, 2, 3], [0.5, -1, 4], [2, 0, -2], [1, 1, 1], [-3, 0.25, 2]];
const Y = [[3], [1], [0], [2], [-1]];

function build(): ReturnType<typeof sequential> {
  const net = sequential([new Scale({ start: 2, inputShape: [3] }), layers.dense({ units: 1 })], { seed: 4 });
  net.compile({ optimizer: "sgd", loss: "mse" });
  return net;
}

Deno.test("a layer of one's own is composed of ops and learns without a gradient by hand", async () => {
  const net = build();
  const [factor, kernel] = net.getWeights();
  assertEquals(factor.toArray(), [2]);
  // One step by hand: L = mean (s·x·w − y)², dL/ds = 2/n Σ (ŷ − y) · (x·w).
  const w = [...kernel.data];
  const slope = X.reduce((sum, row, i) => {
    const product = row.reduce((all, v, j) => all + v * w[j], 0);
    return sum + 2 / X.length * (2 * product - Y[i][0]) * product;
  }, 0);
  net.trainOnBatch(X, Y);
  assertAlmostEquals(net.getWeights()[0].data[0], 2 - 0.01 * slope, 1e-6);
  const again = await loadModel(net.toBytes(), { custom: { layers: { scale: (config) => new Scale(config) } } });
  assertEquals(again.predict(X).toArray(), net.predict(X).toArray());
  for (const one of [net, again]) await one.fit(X, Y, { epochs: 3, batchSize: 2, verbose: 0 });
  assertEquals(
    again.getWeights().map((weight) => weight.toArray()),
    net.getWeights().map((weight) => weight.toArray()),
  );
});

Deno.test("t.ops is what `ops` names", () => {
  let seen: unknown;
  class Look extends Layer {
    constructor() {
      super("look");
    }
    override call(t: Tracing, x: Symbolic): Symbolic {
      seen = t.ops;
      return ops.add(x, 1);
    }
  }
  const x = input({ shape: [2] });
  const net = model({ inputs: x, outputs: new Look().apply(x) });
  assertEquals(seen, ops);
  assertEquals(net.predict([[1, 2]]).toArray(), [[2, 3]]);
});

Deno.test("a misspelt option or name is refused by the compiler, and at run time", () => {
  const graph = new Graph({ batch: 4 });
  const x = graph.input("x", [4, 3]);
  assertThrows(
    // @ts-expect-error: the option is called axis
    () => ops.sum(x, { axs: 1 }),
    TypeError,
    'Cannot apply sum: unknown option "axs"; did you mean "axis"? Options are: axis, keepdims',
  );
  assertThrows(
    // @ts-expect-error: it is written in lower case
    () => ops.mean(x, { keepDims: true }),
    TypeError,
    'unknown option "keepDims"; did you mean "keepdims"?',
  );
  // @ts-expect-error: alpha is elu's
  assertThrows(() => ops.leakyRelu(x, { alpha: 0.1 }), TypeError, 'unknown option "alpha"');
  // @ts-expect-error: there is no such op
  assertThrows(() => ops.multply, TypeError, "Cannot use ops.multply: there is none; did you mean ops.multiply(…)?");
  assertThrows(() => (graph.ops as Any).expand_dims, TypeError, "it is written ops.expandDims(…) here");
  assertThrows(() => (graph.ops as Any).reduceSum, TypeError, "write ops.sum(x, { axis })");
});

Deno.test("what ops are given is checked", () => {
  const graph = new Graph({ batch: 4 });
  const x = graph.input("x", [4, 3]);
  const other = new Graph({ batch: 4 }).input("x", [4, 3]);
  const refused: readonly [() => unknown, typeof TypeError, string][] = [
    [
      () => ops.add(1, 2),
      TypeError,
      "Cannot apply add: one of both must be a tensor of the graph that is traced, got 2",
    ],
    [
      () => ops.add(x, NaN),
      RangeError,
      "Cannot apply add: b must be a number that float32 can hold, or a tensor, got NaN",
    ],
    [() => ops.add(x, 1e39), RangeError, "got 1e+39"],
    [() => ops.add(x, other), TypeError, "got one of another graph"],
    [() => ops.add(x, [1, 2, 3] as Any), TypeError, "b must be a tensor of the graph that is traced, got [1, 2, 3]"],
    [
      () => ops.add(x, graph.input("z", [4])),
      TypeError,
      "Cannot apply add: shapes must go together, axis by axis from the last (equal, or 1), got [4, 3] and [4]",
    ],
    [() => ops.exp(5 as Any), TypeError, "Cannot apply exp: x must be a tensor"],
    [() => ops.relu(input({ shape: [3] }) as Any), TypeError, "use a layer here, or layers.lambda"],
    [() => ops.where(x, 1, graph.input("w", [2])), TypeError, "Cannot apply where: shapes must go together"],
    [() => ops.sum(x, { axis: 2 }), RangeError, "Cannot apply sum: axis must be from -2 to 1 for shape [4, 3], got 2"],
    [() => ops.sum(x, { axis: [0, -2] }), TypeError, "axis must name every axis once, got [0, -2]"],
    [() => ops.sum(x, { axis: "1" as Any }), TypeError, 'axis must be an integer, got "1"'],
    [() => ops.sum(x, { keepdims: 1 as Any }), TypeError, "keepdims must be true or false, got 1"],
    [
      () => ops.softmax(x, { axis: 2 }),
      RangeError,
      "Cannot apply softmax: axis must be from -2 to 1 for shape [4, 3], got 2",
    ],
    [() => ops.clip(x, 1, 0), RangeError, "Cannot apply clip: max must be a number >= 1, got 0"],
    [() => ops.clip(x, 0, Infinity), RangeError, "max must be a number >= 0, got Infinity"],
    [
      () => ops.reshape(x, [5, -1]),
      TypeError,
      "Cannot apply reshape: the number of elements must stay, got [4, 3] and [5, -1]",
    ],
    [() => ops.reshape(x, [-1, -1]), TypeError, "one of which may be -1, got [-1, -1]"],
    [() => ops.transpose(x, [0, 0]), TypeError, "axes must hold every axis of [4, 3] once, got [0, 0]"],
    [() => ops.squeeze(x, 1), TypeError, "Cannot apply squeeze: axes must have length 1, got axis 1 of [4, 3]"],
    [() => ops.broadcastTo(x, [4, 4]), TypeError, "Cannot apply broadcastTo: shapes must go together"],
    [() => ops.broadcastTo(x, [3]), TypeError, "shape must be one that [4, 3] can be repeated to, got [3]"],
    [() => ops.split(x, 2, { axis: 1 }), RangeError, "parts must divide the length 3 of axis 1, got 2"],
    [() => ops.split(x, [2, 1], { axis: 1 }), RangeError, "the indices of parts must ascend, got [2, 1]"],
    [() => ops.concatenate(x as Any), TypeError, "Cannot apply concatenate: it takes an array of at least one tensor"],
    [() => ops.stack([]), TypeError, "Cannot apply stack: it takes an array of at least one tensor, got []"],
    [() => ops.concatenate([x, graph.input("v", [4, 3, 1])], { axis: 1 }), TypeError, "Cannot apply concatenate"],
    [() => ops.pad(x, [1, 2] as Any), TypeError, "width must be [before, after] for every axis of [4, 3], got [1, 2]"],
    [() => ops.tile(x, [2]), TypeError, "times must be an array of 2 integers, one an axis of [4, 3], got [2]"],
    [() => ops.slice(x, [0, 2], [4, 2]), TypeError, "begin + size must be within the shape [4, 3]"],
    [
      () => ops.matmul(x, x),
      TypeError,
      "the last axis of a must be as long as the one before the last of b, got [4, 3] and [4, 3]",
    ],
    [() => ops.matmul(x, graph.constant(1)), TypeError, "got [4, 3] and []"],
  ];
  for (const [make, error, message] of refused) assertThrows(make, error, message);
});

Deno.test("less and lessEqual name their operands as they were given", () => {
  const x = new Graph({ batch: 1 }).input("x", [2]);
  for (const name of ["less", "lessEqual"] as const) {
    assertThrows(() => ops[name](x, NaN), RangeError, `Cannot apply ${name}: b must be a number`);
    assertThrows(() => ops[name](NaN, x), RangeError, `Cannot apply ${name}: a must be a number`);
  }
});
