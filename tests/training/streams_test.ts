import { assert, assertEquals, assertRejects } from "@std/assert";
import { layers, optimizers, sequential, tensor } from "../../mod.ts";
import type { Sequential } from "../../mod.ts";
import { drawNumbers } from "../models/draw_numbers.ts";

const X = drawNumbers(10, 3, 1);
const Y = drawNumbers(10, 1, 2);
const QUIET = { verbose: 0 } as const;

function build(): Sequential {
  const model = sequential([
    layers.dense({ units: 4, activation: "tanh", inputShape: [3] }),
    layers.dense({ units: 1 }),
  ], {
    seed: 2,
  });
  model.compile({ optimizer: optimizers.adam({ learningRate: 0.05 }), loss: "mse", metrics: ["mae"] });
  return model;
}

function* batches(size = 4): Generator<{ x: number[][]; y: number[][] }> {
  for (let i = 0; i < X.length; i += size) yield { x: X.slice(i, i + size), y: Y.slice(i, i + size) };
}

async function* slowBatches(): AsyncGenerator<{ x: number[][]; y: number[][] }> {
  for (const batch of batches()) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    yield batch;
  }
}

Deno.test("a stream that starts anew trains as the same data in memory, to the bit", async () => {
  const whole = build();
  const expected = await whole.fit(X, Y, { epochs: 3, batchSize: 4, shuffle: false, ...QUIET });
  const streams = {
    "an array's iterator": { [Symbol.iterator]: () => batches() },
    "async generators": { [Symbol.asyncIterator]: () => slowBatches() },
    "a set of batches": new Set(batches()),
    "an array of batches": [...batches()],
  };
  for (const [what, stream] of Object.entries(streams)) {
    const model = build();
    const history = await model.fit(stream, { epochs: 3, ...QUIET });
    assertEquals(history.history, expected.history, what);
    assertEquals(model.getWeights(), whole.getWeights(), what);
    assertEquals(history.params.steps, null);
  }
});

Deno.test("batches of a stream may be tensors and carry sample weights", async () => {
  const weights = X.map((_, i) => i % 3);
  const whole = build();
  const expected = await whole.fit(X, Y, { batchSize: 10, shuffle: false, sampleWeight: weights, ...QUIET });
  const model = build();
  const history = await model.fit([{ x: tensor(X), y: tensor(Y), sampleWeight: weights }].values(), { ...QUIET });
  assertEquals(history.history, expected.history);
});

Deno.test("a generator runs once: the second epoch is refused with the way out, and the model keeps the first", async () => {
  const once = build();
  await once.fit({ [Symbol.iterator]: () => batches() }, { epochs: 1, ...QUIET });
  for (const stream of [batches(), slowBatches()]) {
    const model = build();
    const error = await assertRejects(
      () => model.fit(stream, { epochs: 2, ...QUIET }),
      TypeError,
      "no batches in epoch 2",
    );
    assert(error.message.includes("a generator runs once only"), error.message);
    assertEquals(model.getWeights(), once.getWeights());
  }
});

Deno.test("stepsPerEpoch cuts a stream that does not end, and closes it", async () => {
  let closed = 0;
  let given = 0;
  const endless = {
    async *[Symbol.asyncIterator]() {
      try {
        for (let i = 0;; i++) {
          given++;
          yield { x: X, y: Y };
        }
      } finally {
        closed++;
      }
    },
  };
  const model = build();
  const history = await model.fit(endless, { epochs: 3, stepsPerEpoch: 5, ...QUIET });
  assertEquals([history.history.loss.length, given, closed, model.iteration], [3, 15, 3, 15]);
  assertEquals(history.params.steps, 5);
});

Deno.test("a stream that ends before stepsPerEpoch is done says so once, and the epoch ends there", async () => {
  const said: string[] = [];
  const { warn } = console;
  console.warn = (text: string) => void said.push(text);
  try {
    const [model, whole] = [build(), build()];
    const again = { [Symbol.iterator]: () => batches() };
    const count = [...batches()].length;
    const { history } = await model.fit(again, {
      epochs: 2,
      stepsPerEpoch: count + 3,
      validationData: again,
      validationSteps: count + 1,
      ...QUIET,
    });
    const enough = { epochs: 2, stepsPerEpoch: count, validationData: again, validationSteps: count, ...QUIET };
    assertEquals(history, (await whole.fit(again, enough)).history);
    model.evaluate(again, { steps: count });
    model.evaluate(again, { steps: count + 2 });
    model.predict(again, { steps: count });
    assertEquals(said.map((text) => text.slice(0, text.indexOf(","))), [
      `retroprop: the stream ended after ${count} of the ${count + 3} batches that stepsPerEpoch asks for in epoch 1`,
      `retroprop: the stream ended after ${count} of the ${
        count + 1
      } batches that validationSteps asks for in the validation of epoch 1`,
      `retroprop: the stream ended after ${count} of the ${count + 2} batches that steps asks for in evaluate`,
    ]);
  } finally {
    console.warn = warn;
  }
});

Deno.test("a stream is closed when training fails, and its own error comes through", async () => {
  let closed = false;
  const broken = {
    *[Symbol.iterator]() {
      try {
        yield { x: X, y: Y };
        yield { x: [[1, 2, 3]], y: [[NaN]] };
      } finally {
        closed = true;
      }
    },
  };
  const model = build();
  await assertRejects(() => model.fit(broken, QUIET), RangeError, "y has NaN at sample 0, column 0");
  assert(closed);
  assertEquals(model.iteration, 1);
  const failing = {
    // deno-lint-ignore require-yield
    *[Symbol.iterator]() {
      throw new Error("the disk is gone");
    },
  };
  await assertRejects(() => model.fit(failing, QUIET), Error, "the disk is gone");
  const after = await model.fit(X, Y, QUIET);
  assertEquals(after.history.loss.length, 1, "the model can be trained on");
});

Deno.test("options and batches that do not go with a stream are refused", async () => {
  const model = build();
  const stream = () => ({ [Symbol.iterator]: () => batches() });
  for (const option of [{ batchSize: 2 }, { shuffle: true }, { validationSplit: 0.5 }, { sampleWeight: [1] }]) {
    await assertRejects(
      () => model.fit(stream(), { ...option, ...QUIET }),
      TypeError,
      `${Object.keys(option)[0]} does not go with`,
    );
  }
  await assertRejects(
    () => model.fit(X, Y, { stepsPerEpoch: 2, ...QUIET }),
    TypeError,
    "stepsPerEpoch goes with a stream",
  );
  await assertRejects(
    () => model.fit([1, 2].values() as never, QUIET),
    TypeError,
    "a stream must give batches { x, y, sampleWeight? }, got 1",
  );
  await assertRejects(
    () => model.fit(new Set([{ x: [[1, 2]], y: [[1]] }]), QUIET),
    TypeError,
    "must have shape [batch, 3], got [1, 2]",
  );
  await assertRejects(() => model.fit(new Set([]), QUIET), TypeError, "no batches in epoch 1");
  assertEquals(model.iteration, 0);
});

Deno.test("validationData and classWeight go with a stream", async () => {
  const model = build();
  const { history } = await model.fit({ [Symbol.iterator]: () => batches() }, {
    epochs: 2,
    validationData: [X, Y],
    classWeight: { 0: 2 },
    ...QUIET,
  });
  assertEquals(history.val_loss.length, 2);
});

Deno.test("with stepsPerEpoch a generator goes on where the epoch before left it, and is closed at the end", async () => {
  let made = 0;
  let closed = 0;
  async function* endless(): AsyncGenerator<{ x: number[][]; y: number[][] }> {
    try {
      for (;;) {
        await Promise.resolve();
        yield { x: [[++made]], y: [[0]] };
      }
    } finally {
      closed++;
    }
  }
  const model = sequential([layers.dense({ units: 1, inputShape: [1] })]);
  model.compile({ optimizer: optimizers.sgd({ learningRate: 1e-4 }), loss: "mse" });
  const { history } = await model.fit(endless(), { epochs: 3, stepsPerEpoch: 4, verbose: 0 });
  assertEquals(history.loss.length, 3);
  assertEquals(made, 12); // four batches an epoch, none made in vain
  assertEquals(closed, 1);
});

Deno.test("the next batch of an asynchronous stream is asked for before a step is over", async () => {
  const events: string[] = [];
  const stream = {
    async *[Symbol.asyncIterator](): AsyncGenerator<{ x: number[][]; y: number[][] }> {
      for (let i = 0; i < 3; i++) {
        events.push(`make ${i}`);
        yield { x: [[i]], y: [[0]] };
        await Promise.resolve();
      }
    },
  };
  const model = sequential([layers.dense({ units: 1, inputShape: [1] })]);
  model.compile({ optimizer: "sgd", loss: "mse" });
  await model.fit(stream, {
    verbose: 0,
    callbacks: [{ onTrainBatchEnd: (batch) => void events.push(`end ${batch}`) }],
  });
  assertEquals(events.indexOf("make 1") < events.indexOf("end 0"), true, events.join(", "));
});
