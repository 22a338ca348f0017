import { assert, assertAlmostEquals, assertEquals, assertNotEquals, assertRejects, assertThrows } from "@std/assert";
import { checkGradients, gridSearch, layers, loadModel, losses, sequential } from "../../mod.ts";
import type { CustomLoss, Sequential } from "../../mod.ts";
import { drawNumbers } from "../models/draw_numbers.ts";
import { hashWeights } from "../models/hash_weights.ts";
import { assertSameBits } from "../workers/assert_same_bits.ts";

// deno-lint-ignore no-explicit-any
type Any = any;

const X = drawNumbers(40, 3, 2);
const Y = X.map(([a, b, c]) => [a - b + 0.5 * c, a * b]);

/** The pinball loss: its minimum is the quantile. */
const quantile = ({ at }: { at: number }): CustomLoss => ({
  id: "quantile",
  config: { at },
  call({ ops }, yTrue, yPred) {
    const error = ops.subtract(yTrue, yPred);
    return ops.mean(ops.maximum(ops.multiply(error, at), ops.multiply(error, at - 1)), { axis: -1 });
  },
});
const squares: CustomLoss = {
  id: "squares",
  call: ({ ops }, yTrue, yPred) => ops.mean(ops.square(ops.subtract(yTrue, yPred)), { axis: -1 }),
};

function build(loss: CustomLoss | string): Sequential {
  const net = sequential([
    layers.dense({ units: 5, activation: "tanh", inputShape: [3] }),
    layers.dense({ units: 2 }),
  ], { seed: 3 });
  net.compile({ optimizer: "adam", loss });
  return net;
}

const train = (net: Sequential, epochs: number, workers = 1) =>
  net.fit(X, Y, { epochs, batchSize: 8, verbose: 0, workers });

Deno.test("a composed loss is what its formula says, and its gradient the derivative", () => {
  const net = build(quantile({ at: 0.8 }));
  const predicted = net.predict(X).toArray() as number[][];
  let want = 0;
  Y.forEach((row, i) =>
    row.forEach((y, j) => {
      const error = y - predicted[i][j];
      want += Math.max(0.8 * error, -0.2 * error) / (2 * Y.length);
    })
  );
  assertAlmostEquals(net.evaluate(X, Y).loss, want, 1e-6);
  assert(checkGradients(net, X, Y).worst.relativeError < 1e-5);
});

Deno.test("a composed loss trains as the library's own does", async () => {
  const [own, library] = [build(squares), build("mean_squared_error")];
  const logs = [await train(own, 5), await train(library, 5)].map(({ history }) => history.loss as number[]);
  logs[0].forEach((loss, i) => assertAlmostEquals(loss, logs[1][i], 1e-6));
  own.getWeights().forEach((weight, i) => {
    const other = library.getWeights()[i];
    weight.data.forEach((v, j) => assertAlmostEquals(v, other.data[j], 1e-5));
  });
});

Deno.test("the bits of a composed loss are the same on 1, 2, 3, 4 and 7 threads", async () => {
  await assertSameBits(() => build(quantile({ at: 0.3 })), (net, workers) => train(net, 2, workers));
});

Deno.test("a composed loss is saved by its id and options, and training goes on", async () => {
  const whole = build(quantile({ at: 0.7 }));
  await train(whole, 4);
  const first = build(quantile({ at: 0.7 }));
  await train(first, 2);
  const again = await loadModel(first.toBytes(), { custom: { losses: { quantile } } });
  await train(again as Sequential, 2);
  assertEquals(hashWeights(again as Sequential), hashWeights(whole));
  assertEquals(again.toBytes(), whole.toBytes());
});

Deno.test("a loss may give any shape with the batch first, take class indices, and sum", async () => {
  const elementwise = build({ id: "e", call: ({ ops }, t, p) => ops.square(ops.subtract(t, p)) });
  assertAlmostEquals(elementwise.evaluate(X, Y).loss, build("mse").evaluate(X, Y).loss, 1e-6);
  const summed = build({ ...squares, reduction: "sum" });
  const library = build("mse");
  library.compile({ optimizer: "adam", loss: losses.meanSquaredError({ reduction: "sum" }) });
  assertAlmostEquals(
    summed.evaluate(X, Y, { batchSize: 64 }).loss,
    library.evaluate(X, Y, { batchSize: 64 }).loss,
    1e-5,
  );
  const labels = X.map(([a]) => a > 0 ? 1 : 0);
  const cross: CustomLoss = {
    id: "cross",
    target: "class_index",
    call({ ops }, yTrue, yPred) {
      const chosen = ops.multiply(ops.oneHot(yTrue, 2), ops.logSoftmax(yPred));
      return ops.negative(ops.sum(chosen, { axis: -1 }));
    },
  };
  const own = build(cross);
  const logits = build("mse");
  logits.compile({ optimizer: "adam", loss: losses.sparseCategoricalCrossentropy({ fromLogits: true }) });
  for (const net of [own, logits]) await net.fit(X, labels, { epochs: 3, batchSize: 8, verbose: 0 });
  assertAlmostEquals(own.evaluate(X, labels).loss, logits.evaluate(X, labels).loss, 1e-5);
  assertThrows(
    () => own.evaluate(X, X.map(() => 2)),
    RangeError,
    "Cannot use cross: labels must be integers from 0 to 1",
  );
});

Deno.test("sample weights count as for every loss", () => {
  const [own, library] = [build(squares), build("mse")];
  const sampleWeight = X.map((_, i) => i % 3);
  assertAlmostEquals(own.evaluate(X, Y, { sampleWeight }).loss, library.evaluate(X, Y, { sampleWeight }).loss, 1e-6);
});

Deno.test("a search trains with a composed loss as fit does, to the bit", async () => {
  const options = { epochs: 2, batchSize: 8, verbose: 0 } as const;
  const [train, validation] = [[0, 30], [30, 40]].map(([from, to]) => ({ x: X.slice(from, to), y: Y.slice(from, to) }));
  const { trials } = await gridSearch({
    ...options,
    ...train,
    space: { at: [0.2, 0.8] },
    build: ({ at }) => build(quantile({ at })),
    validation,
    monitor: "val_loss",
    workers: 2,
  });
  const histories = [];
  for (const { params, history } of trials) {
    const wanted = await build(quantile(params)).fit(train.x, train.y, {
      ...options,
      workers: 1,
      validationData: [validation.x, validation.y],
    });
    assertEquals(history, wanted.history as Record<string, number[]>);
    histories.push(history);
  }
  assertEquals(histories.length, 2);
  assertNotEquals(histories[0], histories[1], "the trials train with losses of their own");
});

Deno.test("what is wrong with a loss of one's own is said", async () => {
  const use = (loss: Any) => () => build(loss);
  const owned = "id must be a name of its own, which no loss of this library has";
  assertThrows(use({ id: "", call: () => 0 }), RangeError, `Cannot use loss "": ${owned}`);
  assertThrows(use({ id: "huber", call: () => 0 }), RangeError, `Cannot use loss "huber": ${owned}`);
  assertThrows(use({ id: "x", call: 5 }), RangeError, 'Unknown loss "x"');
  assertThrows(
    use({ ...squares, reduction: "avg" }),
    RangeError,
    'Cannot use loss "squares": reduction must be one of',
  );
  assertThrows(use({ ...squares, target: "labels" }), RangeError, 'Cannot use loss "squares": target must be one of');
  assertThrows(
    use({ ...squares, config: [] }),
    TypeError,
    'Cannot use loss "squares": config must be an object, got []',
  );
  // compile composes it, so that nothing is wrong any more when data come.
  const compute = (call: Any) => () => build({ id: "odd", call });
  const rule =
    'Cannot compute loss "odd" of output "dense_1": call must return a value for each row, a tensor of its graph with the batch axis first, got';
  assertThrows(compute(() => 5), TypeError, `${rule} 5`);
  assertThrows(compute(() => undefined), TypeError, `${rule} undefined`);
  assertThrows(
    compute(({ ops }: Any, t: Any, p: Any) => ops.mean(ops.subtract(t, p))),
    TypeError,
    `${rule} shape [] for predictions [batch, 2]; reduce over { axis: -1 }, not over all axes`,
  );
  assertThrows(
    compute(({ ops }: Any, t: Any, p: Any) => ops.add(ops.sum(t, { axis: 0 }), ops.sum(p, { axes: 0 }))),
    TypeError,
    'Cannot compute loss "odd" of output "dense_1": Cannot apply sum: unknown option "axes"',
  );
  assertThrows(
    compute(() => {
      throw new RangeError("no such thing");
    }),
    RangeError,
    'Cannot compute loss "odd" of output "dense_1": no such thing',
  );
  const own = '; a loss of your own has a name, id: { id: "my_loss", call: ({ ops }, yTrue, yPred) => … }';
  assertThrows(use({ call: () => 0 }), TypeError, own);
  assertThrows(use((t: Any) => t), TypeError, "got a function; call it, as in losses.huber()" + own);
  // Where the shapes are not known yet, they are when the model is built.
  const unbuilt = sequential([layers.dense({ units: 2 })]);
  unbuilt.compile({ optimizer: "sgd", loss: { id: "odd", call: ({ ops }: Any, _: Any, p: Any) => ops.mean(p) } });
  assertThrows(
    () => unbuilt.build([3]),
    TypeError,
    'loss "odd" of output "dense": call must return a value for each row',
  );
  const net = build(squares);
  const again = await loadModel(net.toBytes());
  await assertRejects(() => again.fit(X, Y, { verbose: 0 }), Error, "squares");
});
