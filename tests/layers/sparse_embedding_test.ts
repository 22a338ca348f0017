import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { checkGradients, gridSearch, input, layers, loadModel, model, optimizers, sequential } from "../../mod.ts";
import { hashWeights } from "../models/hash_weights.ts";

const { embedding, dense, flatten } = layers;
const WORDS = 4;

/** Words of a vocabulary of 70, of which the last rows are never named; some many times. */
const X = Array.from({ length: 29 }, (_, i) => Array.from({ length: WORDS }, (_, t) => (i * 7 + t * t * 5) % 53));
const Y = X.map(([a, b]) => [a / 50, b / 50]);

type Rule = () => optimizers.Optimizer;
const RULES: Readonly<Record<string, Rule>> = {
  sgd: () => optimizers.sgd({ learningRate: 0.5 }),
  adagrad: () => optimizers.adagrad({ learningRate: 0.1 }),
};

function createModel(sparse: boolean, rule: Rule, numerics: "fast" | "portable" = "fast") {
  const m = sequential([
    embedding({ inputDim: 70, outputDim: 8, inputShape: [WORDS], sparse, name: "words" }),
    flatten(),
    dense({ units: 2 }),
  ], { seed: 6, numerics });
  m.compile({ optimizer: rule(), loss: "mse" });
  return m;
}

for (const [name, rule] of Object.entries(RULES)) {
  for (const numerics of ["fast", "portable"] as const) {
    Deno.test(`${name}: a sparse table gets the bits of a dense one, with any number of threads, ${numerics}`, async () => {
      const train = async (sparse: boolean, workers: number) => {
        const m = createModel(sparse, rule, numerics);
        // More than 64 steps: every 64th flushes slots.
        const { history } = await m.fit(X, Y, { epochs: 15, batchSize: 5, verbose: 0, workers });
        return { weights: hashWeights(m), history };
      };
      const dense = await train(false, 1);
      for (const workers of [1, 2, 3]) assertEquals(await train(true, workers), dense);
    });
  }

  Deno.test(`${name}: a sparse table goes on from a file`, async () => {
    const options = { batchSize: 5, verbose: 0, workers: 1 } as const;
    const whole = createModel(true, rule);
    await whole.fit(X, Y, { ...options, epochs: 3 });
    const first = createModel(true, rule);
    await first.fit(X, Y, { ...options, epochs: 1 });
    const second = await loadModel(first.toBytes());
    assertEquals(second.layers[0].config.sparse, true);
    await second.fit(X, Y, { ...options, initialEpoch: 1, epochs: 3 });
    assertEquals(hashWeights(second), hashWeights(whole));
  });

  Deno.test(`${name}: gradients of a sparse table are those of a dense one, and can be applied`, () => {
    const [sparse, whole] = [true, false].map((kind) => createModel(kind, rule));
    for (const [from, to] of [[0, 5], [9, 11], [2, 29]]) {
      const [x, y] = [X.slice(from, to), Y.slice(from, to)];
      const found = sparse.gradients(x, y);
      assertEquals(found, whole.gradients(x, y));
      // Any gradient may be applied, also of rows that no batch has named.
      const own = { ...found.gradients, "words/embeddings": sparse.getWeights()[0] };
      sparse.applyGradients(own);
      whole.applyGradients(own);
      assertEquals(hashWeights(sparse), hashWeights(whole));
      assertEquals(sparse.trainOnBatch(x, y), whole.trainOnBatch(x, y));
      assertEquals(hashWeights(sparse), hashWeights(whole));
    }
    const report = checkGradients(sparse, X.slice(0, 6), Y.slice(0, 6), { elements: 60, verbose: false });
    assert(report.worst.relativeError < 1e-3, report.text);
  });
}

Deno.test("several calls of a sparse table, and one that nothing depends on", () => {
  const create = (sparse: boolean) => {
    const words = embedding({ inputDim: 53, outputDim: 4, sparse, name: "words" });
    const [a, b] = [input({ shape: [WORDS], name: "a" }), input({ shape: [WORDS], name: "b" })];
    const inverse = layers.lambda({ function: ({ ops }, x) => ops.add(ops.multiply(x, -1), 52) }).apply(a);
    const joined = layers.add().apply([words.apply(a), layers.dropout({ rate: 0.2 }).apply(words.apply(b))]);
    const all = layers.concatenate().apply([joined, words.apply(inverse)]);
    const outputs = {
      both: dense({ units: 2, name: "both" }).apply(flatten().apply(all)),
      other: dense({ units: 1, name: "other" }).apply(b),
    };
    return model({ inputs: { a, b }, outputs }, { seed: 3 });
  };
  const [sparse, whole] = [create(true), create(false)];
  const x = { a: X, b: X.toReversed() };
  for (const loss of [{ both: "mse" }, { both: "mse", other: "mse" }, { other: "mse" }] as const) {
    for (const m of [sparse, whole]) m.compile({ optimizer: "adagrad", loss: loss as { both: "mse" } });
    for (let step = 0; step < 3; step++) {
      const y = { both: Y, other: Y.map(([a]) => [a]) };
      assertAlmostEquals(sparse.trainOnBatch(x, y).loss, whole.trainOnBatch(x, y).loss, 1e-5);
    }
    // Rows that several calls name are added up place by place, instead of call by call.
    sparse.weights.forEach(({ name, value }, i) => {
      const { data } = whole.getWeights()[i];
      value.data.forEach((v, at) => assertAlmostEquals(v, data[at], 1e-5, name));
    });
  }
});

Deno.test("a step of a sparse table leaves rows that no index names alone", () => {
  const m = createModel(true, RULES.adagrad);
  const before = m.getWeights()[0].toArray() as number[][];
  m.trainOnBatch([[3, 3, 0, 69]], [[1, 2]]);
  m.trainOnBatch([[5, 3, 5, 5]], [[1, 2]]);
  const after = m.getWeights()[0].toArray() as number[][];
  const changed = before.flatMap((row, i) => row.every((v, j) => v === after[i][j]) ? [] : [i]);
  assertEquals(changed, [0, 3, 5, 69]);
});

Deno.test("a search trains sparse tables as dense ones", async () => {
  const find = async (sparse: boolean) => {
    const { trials } = await gridSearch({
      space: { rate: [0.1, 0.5] },
      build: ({ rate }) => createModel(sparse, () => optimizers.adagrad({ learningRate: rate })),
      x: X,
      y: Y,
      epochs: 3,
      batchSize: 5,
      seed: 1,
      workers: 2,
      verbose: 0,
    });
    return trials.map(({ history }) => history);
  };
  assertEquals(await find(true), await find(false));
});

Deno.test("what does not go with a sparse table says so, and what does", () => {
  const create = (options: object) => () => embedding({ inputDim: 4, outputDim: 4, sparse: true, ...options });
  assertThrows(create({ outputDim: 6 }), RangeError, "outputDim must be a multiple of 4, got 6");
  assertThrows(create({ embeddingsRegularizer: "l2" }), TypeError, "do not go with sparse: true");
  assertThrows(create({ embeddingsConstraint: "non_neg" }), TypeError, "do not go with sparse: true");
  assertThrows(create({ sparse: 1 }), TypeError, "sparse");
  const refuse = (optimizer: optimizers.Optimizer, found: string): void => {
    const m = createModel(true, () => optimizer);
    assertThrows(
      () => m.trainOnBatch(X, Y),
      TypeError,
      'Cannot train "words/embeddings": it is sparse, so the optimizer must leave rows without a gradient as they are: ' +
        `sgd without momentum, or adagrad, got ${found}`,
    );
  };
  refuse(optimizers.adam(), '"adam"');
  refuse(optimizers.lamb(), '"lamb"');
  refuse(optimizers.sgd({ momentum: 0.9 }), "sgd with momentum");
  refuse(optimizers.sgd({ weightDecay: 0.1 }), "sgd with weightDecay");
  refuse(optimizers.sgd({ clipnorm: 1 }), "sgd with clipnorm");
  refuse(optimizers.adagrad({ clipvalue: 1 }), "adagrad with clipvalue");
  refuse(optimizers.sgd({ globalClipnorm: 1 }), "sgd with globalClipnorm");
  refuse(optimizers.sgd({ useEma: true }), "sgd with useEma");
  refuse(optimizers.sgd({ gradientAccumulationSteps: 2 }), "sgd with gradientAccumulationSteps");
  // A frozen table has no step.
  const frozen = sequential([
    embedding({ inputDim: 70, outputDim: 4, sparse: true, trainable: false, inputShape: [WORDS] }),
    flatten(),
    dense({ units: 2 }),
  ]);
  frozen.compile({ optimizer: "adam", loss: "mse" });
  frozen.trainOnBatch(X, Y);
});

Deno.test("a sparse weight of a layer of one's own is for looking up alone", () => {
  class Own extends layers.Layer {
    constructor() {
      super("own", { inputShape: [WORDS] });
    }
    protected override build(): void {
      this.addWeight({ name: "w", shape: [53, 4], initializer: "ones", sparse: true } as never);
    }
    override call(t: layers.Tracing, x: Parameters<layers.Layer["call"]>[1]) {
      const rows = t.ops.take(t.weight("w"), x, { axis: 0 });
      return t.ops.add(rows, t.ops.sum(t.weight("w")));
    }
  }
  const m = sequential([new Own(), flatten(), dense({ units: 2 })]);
  m.compile({ optimizer: "sgd", loss: "mse" });
  assertThrows(
    () => m.trainOnBatch(X, Y),
    TypeError,
    '"own/w" is sparse, so nothing may be done with it but looking up',
  );
});
