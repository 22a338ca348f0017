import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { input, layers, loadModel, model, type Sequential, sequential } from "../../mod.ts";
import { drawNumbers } from "./draw_numbers.ts";
import { hashWeights } from "./hash_weights.ts";

// States that batches carry on. Whole sequences are the reference: the same cells, without the seams between batches.

const BATCH = 4, STEPS = 6, FEATURES = 3;

type Make = (options: layers.RecurrentOptions) => layers.Layer;
const KINDS: Readonly<Record<string, Make>> = {
  simpleRNN: layers.simpleRNN,
  gru: layers.gru,
  "gru, reset before": (options) => layers.gru({ ...options, resetAfter: false }),
  lstm: layers.lstm,
};

/** Samples [BATCH, steps, FEATURES] of the steps from … of one long sequence each. */
function steps(from: number, count: number): number[][][] {
  const all = drawNumbers(BATCH, STEPS * FEATURES, 3);
  return all.map((row) =>
    Array.from({ length: count }, (_, t) => row.slice((from + t) * FEATURES, (from + t + 1) * FEATURES))
  );
}

function build(make: Make, batchSize: number | undefined, length: number | null = null): Sequential {
  return sequential([
    layers.inputLayer({ shape: [length, FEATURES], ...(batchSize === undefined ? {} : { batchSize }) }),
    make({ units: 5, returnSequences: true, ...(batchSize === undefined ? {} : { stateful: true }) }),
  ], { seed: 3 });
}

const data = (predicted: { readonly data: Float32Array }): number[] => [...predicted.data];

for (const [name, make] of Object.entries(KINDS)) {
  Deno.test(`${name}: sequences in pieces are whole sequences, to the bit`, () => {
    const whole = data(build(make, undefined).predict(steps(0, STEPS)));
    const stateful = build(make, BATCH);
    for (const workers of [1, 2, "auto"] as const) {
      stateful.resetStates();
      const pieces = [0, 2, 3].map((from, i, all) => {
        const count = (all[i + 1] ?? STEPS) - from;
        return data(stateful.predict(steps(from, count), { workers }));
      });
      whole.forEach((value, i) => {
        const row = Math.floor(i / (STEPS * 5)), t = Math.floor(i / 5) % STEPS;
        const piece = t < 2 ? 0 : t < 3 ? 1 : 2;
        const [from, count] = [[0, 2], [2, 1], [3, 3]][piece];
        assertEquals(pieces[piece][(row * count + t - from) * 5 + i % 5], value, `step ${t} of sample ${row}`);
      });
    }
  });
}

/** Two batches of which the second goes on where the first ended. */
const both = (): number[][][] => [...steps(0, 3), ...steps(3, 3)];
const targets = drawNumbers(2 * BATCH, 3 * 5, 8).map((row) => [0, 1, 2].map((t) => row.slice(5 * t, 5 * t + 5)));

Deno.test("predict takes its batches in their order, with any number of workers", () => {
  const one = build(layers.lstm, BATCH, 3);
  const wanted = data(one.predict(both(), { workers: 1 }));
  for (const workers of [2, "auto"] as const) {
    one.resetStates();
    assertEquals(data(one.predict(both(), { workers })), wanted);
  }
  assert(data(one.predict(both())).some((v, i) => v !== wanted[i]), "without a reset the states go on");
});

Deno.test("evaluate carries states on as predict does", () => {
  const m = build(layers.gru, BATCH, 3);
  m.compile({ optimizer: "sgd", loss: "mse" });
  const { loss } = m.evaluate(both(), targets);
  m.resetStates();
  const y = m.predict(both()).data;
  const flat = targets.flat(2);
  const wanted = flat.reduce((sum, v, i) => sum + (v - y[i]) ** 2, 0) / flat.length;
  assert(Math.abs(loss - wanted) < 1e-6, `${loss}, predicted ${wanted}`);
});

Deno.test("fit carries states from step to step, to the same bits for any number of workers and after a resume", async () => {
  const run = async (workers: number, epochs: readonly number[]): Promise<string> => {
    let m = build(layers.lstm, BATCH, 3);
    m.compile({ optimizer: "adam", loss: "mse" });
    let initialEpoch = 0;
    for (const until of epochs) {
      await m.fit(both(), targets, { epochs: until, initialEpoch, shuffle: false, verbose: 0, workers });
      m = await loadModel(m.toBytes()) as Sequential;
      initialEpoch = until;
    }
    return hashWeights(m);
  };
  const wanted = await run(1, [3]);
  assertEquals(await run(3, [3]), wanted);
  assertEquals(await run(1, [1, 3]), wanted);
});

Deno.test("a step of training reads the state that the step before has left, and leaves it alone when it is refused", async () => {
  const m = build(layers.simpleRNN, BATCH, 3);
  m.compile({ optimizer: { id: "sgd", config: { learningRate: 0 } }, loss: "mse" });
  const stateOf = (): number[] => [...m.weights.find(({ name }) => name.endsWith("state_h"))!.value.data];
  assert(stateOf().every((v) => v === 0));
  m.trainOnBatch(steps(0, 3), targets.slice(0, BATCH));
  const first = stateOf();
  const whole = build(layers.simpleRNN, undefined).predict(steps(0, 3)).data;
  assertEquals(first, Array.from({ length: BATCH * 5 }, (_, i) => whole[(Math.floor(i / 5) * 3 + 2) * 5 + i % 5]));
  const loss = targets.slice(0, BATCH).map((rows) => rows.map((row) => row.map(() => 3e38)));
  await assertRejects(() => m.fit(steps(3, 3), loss, { verbose: 0 }), Error);
  assertEquals(stateOf(), first);
  (m.getLayer(1) as ReturnType<typeof layers.simpleRNN>).resetStates();
  assert(stateOf().every((v) => v === 0));
});

Deno.test("graphs carry states too, and their files", async () => {
  const x = input({ shape: [3, FEATURES], batchSize: BATCH, name: "x" });
  const [y, h] = layers.gru({ units: 5, stateful: true, returnState: true }).apply<readonly [typeof x, typeof x]>(x);
  const m = model({ inputs: x, outputs: layers.concatenate().apply([y, h]) }, { seed: 4 });
  m.predict(steps(0, 3));
  const again = await loadModel(m.toBytes());
  assertEquals([...again.weights.at(-1)!.value.data], [...m.weights.at(-1)!.value.data]);
  assertEquals(data(again.predict(steps(3, 3)) as never), data(m.predict(steps(3, 3))));
});

Deno.test("what does not go with states is refused, and says so", async () => {
  const stateful = { units: 5, stateful: true } as const;
  assertThrows(
    () => sequential([layers.lstm({ ...stateful, inputShape: [3, 2] })]),
    TypeError,
    "it is stateful, so an input must state the batchSize",
  );
  assertThrows(() => layers.inputLayer({ shape: [3], batchSize: 0 }), RangeError, "batchSize must be");
  const m = build(layers.lstm, BATCH, 3);
  m.compile({ optimizer: "sgd", loss: "mse" });
  assertThrows(() => m.predict(both(), { batchSize: 3 }), RangeError, "the model is stateful, so batchSize must be 4");
  assertThrows(
    () => m.predict(both().slice(1)),
    RangeError,
    "the number of samples must be a multiple of its batchSize, 4, got 7",
  );
  assertThrows(() => m.evaluate(both(), targets, { batchSize: 8 }), RangeError, "must be 4, got 8");
  const options = { verbose: 0, shuffle: false } as const;
  await assertRejects(() => m.fit(both(), targets, { ...options, batchSize: 2 }), RangeError, "must be 4, got 2");
  await assertRejects(
    () => m.fit(both().slice(3), targets.slice(3), options),
    RangeError,
    "the number of samples must be a multiple of its batchSize, 4, got 5",
  );
  assertThrows(
    () => m.trainOnBatch(both(), targets),
    TypeError,
    "it is stateful, so every batch must have 4 samples, got 8",
  );
  assertThrows(() => layers.gru({ units: 2 }).resetStates(), Error, "it is not stateful");
});
