import { assertEquals, assertThrows } from "@std/assert";
import { compileModel, initializers, input, Layer, layers, model, sequential } from "../../mod.ts";
import type { Symbolic, Tracing } from "../../mod.ts";
import { load } from "../../src/edge/edge.ts";
import { drawNumbers } from "../models/draw_numbers.ts";
import { assertSameBits } from "../workers/assert_same_bits.ts";

/** A layer of the given composition, with a weight for every column and one for all. */
class Composed extends Layer {
  readonly #compose: (t: Tracing, x: Symbolic) => Symbolic;
  constructor(compose: (t: Tracing, x: Symbolic) => Symbolic) {
    super("composed");
    this.#compose = compose;
  }
  protected override build([width]: readonly number[]): void {
    this.addWeight({ name: "column", shape: [width], initializer: initializers.randomNormal() });
    this.addWeight({ name: "single", shape: [1], initializer: initializers.ones() });
  }
  override call(t: Tracing, x: Symbolic): Symbolic {
    return this.#compose(t, x);
  }
}

const X = drawNumbers(40, 6, 1);
const Y = X.map(([a, b, c]) => [a - b + 0.5 * c]);

/** Uses ops of every family, of which some share the batch and some do not. */
function compose({ ops, weight }: Tracing, x: Symbolic): Symbolic {
  const scaled = ops.add(ops.multiply(x, weight("single")), weight("column"));
  const [a, b] = ops.split(scaled, 2, { axis: 1 });
  const gate = ops.where(ops.greater(a, 0), ops.exp(ops.negative(a)), ops.power(ops.abs(b), 1.5));
  const centred = ops.subtract(a, ops.mean(a, { axis: 0, keepdims: true }));
  const pairs = ops.matmul(ops.expandDims(gate, 2), ops.expandDims(centred, 1));
  const rows = ops.softmax(ops.reshape(pairs, [x.shape[0], -1]));
  return ops.concatenate([rows, ops.divide(b, ops.add(ops.std(scaled, { axis: 1, keepdims: true }), 1))], { axis: -1 });
}

Deno.test("a composed layer trains to the same bits on 1, 2, 3, 4 and 7 threads", async () => {
  const build = () => {
    const x = input({ shape: [6] });
    const net = model({ inputs: x, outputs: layers.dense({ units: 1 }).apply(new Composed(compose).apply(x)) }, {
      seed: 5,
    });
    net.compile({ optimizer: "adam", loss: "mse" });
    return net;
  };
  await assertSameBits(
    build,
    (net, workers) => net.fit(X, Y, { epochs: 2, batchSize: 12, verbose: 0, workers }),
  );
});

Deno.test("a composed layer is compiled for the edge where the ops are supported", () => {
  const build = (compose: (t: Tracing, x: Symbolic) => Symbolic) =>
    sequential([layers.inputLayer({ shape: [6] }), new Composed(compose), layers.dense({ units: 2 })], { seed: 2 });
  const net = build(({ ops, weight }, x) =>
    ops.silu(ops.subtract(ops.multiply(x, weight("column")), ops.exp(weight("single"))))
  );
  const compiled = load(compileModel(net));
  const wanted = net.predict(X.slice(0, 3)).data;
  const found = X.slice(0, 3).flatMap((row) => [...compiled.predict(row) as Iterable<number>]);
  wanted.forEach((want, i) => assertEquals(Math.abs(found[i] - want) < 1e-5, true, `${found[i]}, not ${want}`));
  assertThrows(
    () => compileModel(build(({ ops }, x) => ops.subtract(x, ops.sum(x, { axis: 0, keepdims: true })))),
    RangeError,
    'Cannot compile model: sum_columns of layer "composed" does not work sample by sample',
  );
});
