import { assert, assertEquals, assertThrows } from "@std/assert";
import { checkGradients, compileModel, layers, loadModel, sequential } from "../../mod.ts";
import type { CustomActivation, Sequential } from "../../mod.ts";
import { load } from "../../src/edge/edge.ts";
import { drawNumbers } from "../models/draw_numbers.ts";
import { assertSameBits } from "../workers/assert_same_bits.ts";

// deno-lint-ignore no-explicit-any
type Any = any;

const X = drawNumbers(24, 3, 4);
const Y = X.map(([a, b, c]) => [a - b + 0.5 * c]);

const swish = ({ beta }: { beta: number }): CustomActivation => ({
  id: "beta_swish",
  config: { beta },
  call: ({ ops }, x) => ops.multiply(x, ops.sigmoid(ops.multiply(x, beta))),
});

function build(activation: CustomActivation | string): Sequential {
  const net = sequential([
    layers.dense({ units: 6, activation, inputShape: [3] }),
    layers.activation({ activation }),
    layers.dense({ units: 1 }),
  ], { seed: 5 });
  net.compile({ optimizer: "adam", loss: "mse" });
  return net;
}

Deno.test("an activation of one's own is a composition, and learns", async () => {
  const [own, library] = [build(swish({ beta: 1 })), build("silu")];
  const [a, b] = [own, library].map((net) => net.predict(X).data);
  a.forEach((v, i) => assert(Math.abs(v - b[i]) < 1e-6, `${v}, not ${b[i]}`));
  assert(checkGradients(own, X, Y).worst.relativeError < 1e-5);
  await assertSameBits(
    () => build(swish({ beta: 1.5 })),
    (net, workers) => net.fit(X, Y, { epochs: 2, batchSize: 8, verbose: 0, workers }),
  );
});

Deno.test("it is saved by its id and options, and compiled for the edge", async () => {
  const net = build(swish({ beta: 0.5 }));
  const again = await loadModel(net.toBytes(), { custom: { activations: { beta_swish: swish } } });
  assertEquals(again.predict(X).toArray(), net.predict(X).toArray());
  assertEquals(again.toBytes(), net.toBytes());
  const compiled = load(compileModel(net));
  const found = [...compiled.predict(X[0]) as Iterable<number>];
  assert(Math.abs(found[0] - net.predict([X[0]]).data[0]) < 1e-5);
});

Deno.test("what is wrong with an activation of one's own is said", () => {
  const use = (activation: Any) => () => build(activation);
  assertThrows(use({ id: "", call: () => 0 }), RangeError, 'Cannot use activation "": id must be a name of its own');
  assertThrows(use({ id: "relu", call: () => 0 }), RangeError, "which no activation of this library has");
  assertThrows(use({ id: "f", call: 1 }), TypeError, 'Cannot use activation "f": call must be a function, got 1');
  assertThrows(use({ id: "f", config: 1, call: () => 0 }), TypeError, "config must be an object, got 1");
  assertThrows(
    use({ id: "f", call: () => 0 }),
    TypeError,
    'Cannot use activation "f": call must return a tensor of its graph of the shape [1, 6], got 0',
  );
  assertThrows(use({ id: "f", call: ({ ops }: Any, x: Any) => ops.sum(x, { axis: 1 }) }), TypeError, "got shape [1]");
});
