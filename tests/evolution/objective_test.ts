import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  choice,
  input,
  layers,
  loadModel,
  model,
  optimizers,
  samplers,
  search,
  sequential,
  type Tensor,
} from "../../mod.ts";
import type { Sequential } from "../../mod.ts";
import { hashWeights } from "../models/hash_weights.ts";

const X = Array.from({ length: 12 }, (_, i) => [Math.sin(3 * i), Math.cos(5 * i)]);
const Y = X.map(([a, b]) => a + 0.5 * b > 0 ? 1 : 0);

function create(objective?: unknown): Sequential {
  const made = sequential([layers.dense({ units: 1, activation: "sigmoid", inputShape: [2] })], { seed: 5 });
  made.compile({
    optimizer: optimizers.geneticAlgorithm({ populationSize: 12 }),
    loss: "binary_crossentropy",
    ...(objective === undefined ? {} : { objective: objective as never }),
  });
  return made;
}

/** The share of right answers, as a function of one's own. */
function wrongShare(predictions: Tensor, labels: Tensor): number {
  assertEquals(predictions.shape, [12, 1]);
  assertEquals(labels.shape, [12, 1]);
  return predictions.data.filter((p, i) => (p > 0.5 ? 1 : 0) !== labels.data[i]).length / 12;
}

const options = { epochs: 8, batchSize: 12, verbose: 0 } as const;

Deno.test("members may be chosen by a metric, or by a function: both the same where they mean the same", async () => {
  const byMetric = create({ metric: "accuracy", direction: "max" });
  const { history } = await byMetric.fit(X, Y, options);
  const best = history.population_best as number[];
  assertEquals(Math.max(...best), 1);
  assertEquals(byMetric.predict(X).data.map((p) => p > 0.5 ? 1 : 0).join(), Y.join());
  assertEquals(byMetric.population()[0].score, 1);
  const own = create(wrongShare);
  const found = await own.fit(X, Y, { ...options, workers: 3 });
  assertEquals(hashWeights(own), hashWeights(byMetric));
  assertEquals(found.history.loss, history.loss);
  (found.history.population_best as number[]).forEach((share, i) => assert(Math.abs(1 - share - best[i]) < 1e-12));
  assert(hashWeights(byMetric) !== hashWeights(await trained(create())), "the loss chooses others");
  // A composed metric, of a value for each row, with its direction.
  const composed = create({
    metric: {
      id: "wrong",
      direction: "min",
      // deno-lint-ignore no-explicit-any
      call: ({ ops }: any, y: any, p: any) =>
        ops.mean(ops.notEqual?.(y, p) ?? ops.abs(ops.subtract(y, p)), { axis: [1] }),
    },
  });
  await composed.fit(X, Y, options);
});

async function trained(made: Sequential): Promise<Sequential> {
  await made.fit(X, Y, options);
  return made;
}

Deno.test("an objective is saved; a function is handed over by its name, and training goes on to the bit", async () => {
  for (const objective of [{ metric: "accuracy", direction: "max" }, { id: "wrong", evaluate: wrongShare }]) {
    const whole = create(objective);
    await whole.fit(X, Y, { ...options, epochs: 6 });
    const half = create(objective);
    await half.fit(X, Y, { ...options, epochs: 2 });
    const rest = await loadModel(half.toBytes(), { custom: { objectives: { wrong: () => wrongShare } } });
    await rest.fit(X, Y, { ...options, epochs: 4 });
    assertEquals(hashWeights(rest), hashWeights(whole));
  }
  const bytes = create({ id: "wrong", evaluate: wrongShare }).toBytes();
  const without = await loadModel(bytes);
  assertThrows(() => without.evaluate(X, Y), Error, 'the objective "wrong" of the file is none of this library');
});

Deno.test("of several outputs a metric says of which, and a function gets records", async () => {
  const x = input({ shape: [2], name: "x" });
  const label = layers.dense({ units: 1, activation: "sigmoid", name: "label" }).apply(x);
  const price = layers.dense({ units: 1, name: "price" }).apply(x);
  const both = model({ inputs: x, outputs: { label, price } }, { seed: 2 });
  const given = { optimizer: "cma_es", loss: { label: "binary_crossentropy", price: "mse" } } as const;
  assertThrows(
    () => both.compile({ ...given, objective: { metric: "accuracy" } }),
    TypeError,
    "output of objective must be one of the outputs that are trained (label, price), got none",
  );
  both.compile({ ...given, objective: { metric: "accuracy", output: "label" } });
  await both.fit({ x: X }, { label: Y, price: Y }, options);
  const seen: string[] = [];
  both.compile({
    ...given,
    objective: (predictions, labels) => {
      seen.push(`${predictions.price.shape} ${labels.label.shape}`);
      return predictions.price.data[0] + labels.label.data[0];
    },
  });
  await both.fit({ x: X }, { label: Y, price: Y }, { ...options, epochs: 1 });
  assertEquals(new Set(seen), new Set(["12,1 12,1"]));
  const again = await loadModel(both.toBytes());
  assert(!again.isCompiled);
});

Deno.test("a search trains by a metric in its workers, with the bits of fit", async () => {
  const result = await search({
    space: { members: choice([6, 8]) },
    build: ({ members }) => {
      const made = sequential([layers.dense({ units: 1, activation: "sigmoid", inputShape: [2] })], { seed: 5 });
      made.compile({
        optimizer: optimizers.geneticAlgorithm({ populationSize: members }),
        loss: "binary_crossentropy",
        objective: { metric: "accuracy" },
      });
      return made;
    },
    x: X,
    y: Y,
    validation: { x: X, y: Y },
    batchSize: 12,
    epochs: 3,
    trials: 2,
    sampler: samplers.grid(),
    workers: 2,
    verbose: 0,
  });
  const alone = sequential([layers.dense({ units: 1, activation: "sigmoid", inputShape: [2] })], { seed: 5 });
  alone.compile({
    optimizer: optimizers.geneticAlgorithm({ populationSize: 6 }),
    loss: "binary_crossentropy",
    objective: { metric: "accuracy" },
  });
  const { history } = await alone.fit(X, Y, { ...options, epochs: 3 });
  const trial = result.trials.find(({ params }) => params.members === 6)!;
  assertEquals(trial.history.population_best, history.population_best);
});

Deno.test("an objective that is none is refused by name", () => {
  assertThrows(() => create("accuracy"), TypeError, 'objective must be "loss", { metric, direction }, or a function');
  assertThrows(() => create({ metric: "accuracy", direction: "up" }), RangeError, 'must be "max" or "min", got "up"');
  assertThrows(
    () => create({ metric: { name: "mine", create: () => ({}) } }),
    TypeError,
    'must say whether high or low is good, and metric "mine" does not',
  );
  assertThrows(() => create({ evaluate: 3, id: "a" }), TypeError, "evaluate of objective must be a function");
  const made = sequential([layers.dense({ units: 1, inputShape: [2] })]);
  assertThrows(
    () => made.compile({ optimizer: "adam", loss: "mse", objective: { metric: "mae" } }),
    TypeError,
    "objective goes with optimizers without gradients",
  );
});

Deno.test("the population can be looked at", async () => {
  const made = create();
  assertEquals([made.population(), made.populationSize], [[], 0]);
  await made.fit(X, Y, { ...options, epochs: 2 });
  assertEquals(made.populationSize, 12);
  const members = made.population();
  const scores = members.map(({ score }) => score!);
  assertEquals(scores, scores.toSorted((a, b) => a - b));
  const copy = create();
  copy.setWeights(members[11].weights);
  const { loss } = copy.evaluate(X, Y);
  assert(Math.abs(loss - scores[11]) < 1e-6, `${loss} and ${scores[11]}`);
  made.compile({ optimizer: "sgd", loss: "mse" });
  assertThrows(() => made.population(), TypeError, 'without gradients, such as optimizers.cmaEs(), got "sgd"');
});
