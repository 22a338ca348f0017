import { assert, assertAlmostEquals, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { layers, sequential } from "../../mod.ts";
import { compareRates } from "../../src/explain/explain.ts";
import { createXor, xorX, xorY } from "./xor.ts";

const LECTURE = [0.1, 4.5, 9, 18, 25];

Deno.test("compareRates tells the lecture's five rates apart, and suggests one that works", async () => {
  const options = { seeds: 10, verbose: 0 } as const;
  const make = (rate: number, seed: number) => createXor(7, rate, seed);
  const found = await compareRates(make, xorX, xorY, LECTURE, options);
  assertEquals(found.rates.map(({ verdict }) => verdict), ["too_small", "good", "good", "too_large", "diverges"]);
  assertEquals(found.rates.map(({ solved }) => solved >= 0.9), [false, true, true, false, false]);
  assertAlmostEquals(found.baseline, Math.LN2, 1e-12);
  const [small, good, , , large] = found.rates;
  // λmax at the start is 0.67 on average; so η·λmax goes up with the rate.
  assertAlmostEquals(small.etaLambdaMax!, 0.067, 0.01);
  assertAlmostEquals(large.etaLambdaMax!, 250 * small.etaLambdaMax!, 1e-6);
  assertEquals(small.rises, 0);
  assert(large.rises > 0.4 && large.loss > 1.4 && large.swing > good.swing);
  const suggested = small.suggestedRate!;
  const [again] = (await compareRates(make, xorX, xorY, [suggested], options)).rates;
  assertEquals([again.verdict, again.solved >= 0.9], ["good", true]);
  // On two hidden units the rate alone does not decide.
  const narrow = await compareRates((rate, seed) => createXor(2, rate, seed), xorX, xorY, LECTURE, options);
  assertEquals([narrow.rates[0].verdict, narrow.rates[4].verdict], ["too_small", "diverges"]);
  assert(narrow.rates[1].solved > 0.5 && narrow.rates[1].solved < 1);
});

Deno.test("compareRates trains as fit does, and shows itself in both languages", async () => {
  const found = await compareRates((rate, seed) => createXor(3, rate, seed), xorX, xorY, [4.5], {
    seeds: [7],
    epochs: 20,
    verbose: 0,
  });
  const model = createXor(3, 4.5, 7);
  const { history } = await model.fit(xorX, xorY, { epochs: 20, batchSize: 4, verbose: 0 });
  assertEquals(found.rates[0].runs[0].losses, history.loss);
  assertStringIncludes(String(found), "η·λmax");
  assertStringIncludes(found.toHTML(), "<svg");
  assert(!/<script/.test(found.toHTML()));
  const json = JSON.parse(JSON.stringify(found));
  assertEquals([json.kind, json.version, json.rates.length], ["rate comparison", 1, 1]);
  const spanish = await compareRates((rate, seed) => createXor(3, rate, seed), xorX, xorY, [0.1], {
    seeds: 1,
    epochs: 20,
    language: "es",
    verbose: 0,
  });
  assertStringIncludes(String(spanish), "demasiado pequeña");
});

Deno.test("compareRates goes on where training explodes, and says nothing of η·λmax for other optimizers", async () => {
  const line = (rate: number, seed: number, optimizer: "sgd" | "adam" = "sgd") => {
    const model = sequential([layers.dense({ units: 1, inputShape: [1] })], { seed });
    model.compile({ optimizer, loss: "mse" });
    model.learningRate = rate;
    return model;
  };
  const [x, y] = [[[1], [2], [3], [4]], [3, 5, 7, 9]];
  const found = await compareRates(line, x, y, [0.05, 50], { seeds: 2, verbose: 0 });
  assertEquals(found.rates.map(({ verdict }) => verdict), ["good", "diverges"]);
  assertEquals(found.rates[1].runs[0].isFinite, false);
  assertEquals(JSON.parse(JSON.stringify(found)).rates[1].loss, null);
  const adam = await compareRates((rate, seed) => line(rate, seed, "adam"), x, y, [0.1], { seeds: 1, verbose: 0 });
  assertEquals([adam.rates[0].etaLambdaMax, adam.rates[0].suggestedRate], [null, null]);
  const blind = await compareRates(line, x, y, [0.05], { seeds: 1, sharpness: false, verbose: 0 });
  assertEquals(blind.rates[0].etaLambdaMax, null);
});

Deno.test("compareRates refuses what it cannot use", async () => {
  // deno-lint-ignore no-explicit-any
  const of = (...args: any[]) => () => compareRates(...args as Parameters<typeof compareRates>);
  const make = (rate: number, seed: number) => createXor(2, rate, seed);
  await assertRejects(of(null, xorX, xorY, [1]), TypeError, "make must be a function");
  await assertRejects(of(() => ({}), xorX, xorY, [1]), TypeError, "must be a model");
  await assertRejects(of(make, xorX, xorY, []), TypeError, "rates must be a list");
  await assertRejects(of(make, xorX, xorY, [1, -1]), RangeError, "rates[1] must be a number >= 0");
  await assertRejects(of(make, xorX, xorY, [1], { seed: 3 }), TypeError, "seeds");
  await assertRejects(of(make, xorX, xorY, [1], { seeds: [] }), TypeError, "seeds must be a list");
  await assertRejects(of(make, xorX, xorY, [1], { epochs: 1 }), RangeError, ">= 2");
  await assertRejects(of(make, [[1]], xorY, [1], { verbose: 0 }), TypeError, "shape");
});
