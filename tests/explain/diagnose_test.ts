import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { type History, initializers, layers, NonFiniteError, optimizers, sequential } from "../../mod.ts";
import { diagnose, type Diagnosis } from "../../src/explain/explain.ts";
import { findingStrings } from "../../src/explain/strings/finding_strings.ts";
import { checkMarkup } from "../drawing/check_markup.ts";
import { checkStrings } from "../drawing/check_strings.ts";
import { diagnoseScene, drawFrom, drawScene, FAULTS } from "./training_scenes.ts";

const problemsOf = ({ findings }: Diagnosis) =>
  findings.filter(({ severity }) => severity === "problem").map(({ rule }) => rule);

/** Trainings that learn: the first seeds of `drawScene` whose skill is 0.9 or more. */
const HEALTHY = [1, 2, 3, 6, 9, 10, 13, 20, 21, 22, 25, 26];

const XOR = { x: [[0, 0], [0, 1], [1, 0], [1, 1]], y: [0, 1, 1, 0] };

interface Made {
  readonly data: { readonly x: readonly (readonly number[])[]; readonly y: readonly (number | readonly number[])[] };
  readonly hidden?: readonly number[];
  readonly activation?: string;
  readonly kernel?: unknown;
  readonly bias?: unknown;
  readonly output?: { units?: number; activation?: string };
  readonly loss?: string;
  readonly optimizer?: unknown;
  readonly epochs?: number;
  readonly seed?: number;
  readonly fit?: object;
}

async function train(made: Made) {
  const { data, hidden = [7], activation = "sigmoid", output = {}, loss = "binary_crossentropy", seed = 1 } = made;
  const { kernel = "glorot_uniform", bias = "zeros", optimizer = optimizers.sgd({ learningRate: 1 }) } = made;
  const options = { kernelInitializer: kernel, biasInitializer: bias };
  const model = sequential([
    ...hidden.map((units, i) =>
      layers.dense({ units, activation, ...options, ...(i === 0 ? { inputShape: [data.x[0].length] } : {}) } as never)
    ),
    layers.dense({ units: 1, activation: "sigmoid", kernelInitializer: kernel, ...output } as never),
  ], { seed });
  model.compile({ optimizer: optimizer as never, loss });
  const { x, y } = data as { x: number[][]; y: number[] };
  const outcome = await model.fit(x, y, { epochs: made.epochs ?? 60, verbose: 0, workers: 1, ...made.fit }).catch(
    (error: unknown) => {
      if (error instanceof NonFiniteError) return error;
      throw error;
    },
  );
  return { model, outcome, x, y };
}

async function diagnoseMade(made: Made): Promise<Diagnosis> {
  const { model, outcome, x, y } = await train(made);
  return diagnose(outcome as never, model, { x, y });
}

/** Points in a square with a label for the circle in it; labels of numbers, where they are wanted. */
function drawPoints(count: number, seed = 1, label = (a: number, b: number): number => +(a * a + b * b < 0.6)) {
  const draw = drawFrom(seed);
  const x = Array.from({ length: count }, () => [2 * draw() - 1, 2 * draw() - 1]);
  return { x, y: x.map(([a, b]) => label(a, b)) };
}

Deno.test("diagnose: the texts are there in both languages, with all their numbers", () => {
  checkStrings(findingStrings);
});

Deno.test("diagnose: trainings that learn have no problem", async () => {
  for (const seed of HEALTHY) {
    const diagnosis = await diagnoseScene(drawScene(seed));
    assert(diagnosis.skill >= 0.9, `seed ${seed}: ${diagnosis.skill}`);
    assertEquals(problemsOf(diagnosis), [], `seed ${seed}: ${diagnosis}`);
  }
});

Deno.test("diagnose: faults that are put into trainings are named, nearly always first", async () => {
  let [failed, named, first] = [0, 0, 0];
  for (const { name, rules, inject } of FAULTS) {
    let count = 0;
    for (const seed of [1, 6, 9, 13, 22]) {
      const diagnosis = await diagnoseScene(inject(drawScene(seed)));
      if (diagnosis.isLearning) continue;
      count++;
      const problems = problemsOf(diagnosis);
      if (problems.some((rule) => rules.includes(rule))) named++;
      if (rules.includes(problems[0])) first++;
    }
    assert(count > 0, `${name}: all learned`);
    failed += count;
  }
  assert(named >= 0.95 * failed, `${named} of ${failed} named`);
  assert(first >= 0.85 * failed, `${first} of ${failed} first`);
});

Deno.test("diagnose: scenes whose cause is known", async () => {
  const sgd = (learningRate: number) => optimizers.sgd({ learningRate });
  const circle = drawPoints(80);
  const scenes: Record<string, [made: Made, first: string, ...more: string[]]> = {
    "XOR at rate 25": [{ data: XOR, optimizer: sgd(25), epochs: 200 }, "rate_too_large", "saturated"],
    "relu units that begin dead": [
      { data: circle, activation: "relu", bias: initializers.constant({ value: -5 }) },
      "dead_layer",
      "constant_output",
    ].slice(0, 2) as [Made, string],
    "relu units that die": [{ data: circle, hidden: [8], activation: "relu", optimizer: sgd(30) }, "rate_too_large"],
    "labels in thousands": [
      {
        data: drawPoints(60, 2, (a, b) => 2000 * a + 500 * b),
        hidden: [32],
        activation: "relu",
        output: { activation: "linear" },
        loss: "mse",
      },
      "rate_too_large",
    ],
    "ten layers of N(0, 1)": [
      {
        data: circle,
        hidden: Array(10).fill(16),
        activation: "relu",
        kernel: initializers.randomNormal({ stddev: 1 }),
      },
      "exploding",
    ],
    "ten sigmoid layers": [
      { data: circle, hidden: Array(10).fill(16), optimizer: sgd(0.5) },
      "vanishing",
    ],
    "inputs × 100": [
      { data: { ...circle, x: circle.x.map((row) => row.map((v) => 100 * v)) }, optimizer: sgd(0.5) },
      "unscaled_inputs",
    ],
    "columns of different scale": [
      { data: { ...circle, x: circle.x.map(([a, b]) => [a, 1000 * b]) }, activation: "relu" },
      "unscaled_inputs",
    ],
    "years behind a sigmoid": [
      { data: drawPoints(60, 3, (a) => 50 + 40 * a), loss: "mse" },
      "label_mismatch",
    ],
    "weights of 0": [{ data: circle, kernel: "zeros" }, "symmetric_units"],
    "a linear stack on XOR": [{ data: XOR, hidden: [7, 7], activation: "linear", epochs: 100 }, "linear_stack"],
    "labels by chance": [
      { data: { ...circle, y: circle.y.map((_, i) => (i * 7919) % 5 % 2) }, hidden: [2], optimizer: sgd(0.5) },
      "not_learning",
    ],
  };
  for (const [name, [made, first, ...more]] of Object.entries(scenes)) {
    const diagnosis = await diagnoseMade(made);
    assertEquals(diagnosis.headline?.rule, first, `${name}: ${diagnosis}`);
    for (const rule of more) assert(problemsOf(diagnosis).includes(rule as never), `${name}: ${rule}: ${diagnosis}`);
  }
});

Deno.test("diagnose: XOR at the lecture's rate learns, and nothing is found", async () => {
  const diagnosis = await diagnoseMade({ data: XOR, optimizer: optimizers.sgd({ learningRate: 4.5 }), epochs: 200 });
  assertEquals([diagnosis.isLearning, diagnosis.findings], [true, []]);
  assertStringIncludes(String(diagnosis), "It learns (skill 0.9");
});

Deno.test("diagnose: XOR at rates too small and too large, with η·λmax, and traps by the Hessian", async () => {
  const at = (learningRate: number, seed: number, units: number) =>
    diagnoseMade({ data: XOR, hidden: [units], optimizer: optimizers.sgd({ learningRate }), epochs: 400, seed });
  const slow = await at(0.1, 1, 7);
  assertEquals(slow.headline?.rule, "rate_too_small");
  assert((slow.headline!.evidence.rateTimesSharpness as number) < 0.2);
  const fast = await at(18, 3, 7);
  assertEquals(fast.headline?.rule, "rate_too_large");
  assert((fast.headline!.evidence.rateTimesSharpness as number) > 4.5);
  for (const [seed, kind] of [[2, "valley"], [3, "valley"], [18, "saddle"], [27, "saddle"]] as const) {
    const { headline } = await at(4.5, seed, 2);
    assertEquals([headline?.rule, headline?.evidence.kind], ["trap", kind], `seed ${seed}`);
  }
});

Deno.test("diagnose: overfitting is a note, with the epoch in which validation was best", async () => {
  const noise = drawFrom(9);
  const { x, y } = drawPoints(120, 4, (a, b) => +(a + b + 1.6 * (noise() - 0.5) > 0));
  const [few, rest] = [{ x: x.slice(0, 30), y: y.slice(0, 30) }, { x: x.slice(30), y: y.slice(30) }];
  const { model, outcome } = await train({
    data: few,
    hidden: [32, 32],
    activation: "relu",
    optimizer: optimizers.adam({ learningRate: 0.02 }),
    epochs: 150,
    fit: { validationData: [rest.x, rest.y] },
  });
  const diagnosis = diagnose(outcome as never, model, { ...few, validation: rest });
  const found = diagnosis.findings.find(({ rule }) => rule === "overfitting")!;
  assertEquals([found.severity, diagnosis.headline, found.evidence.validationRows], ["note", null, 90]);
  assertEquals(found.evidence.lastValidation, (outcome as History).history.val_loss.at(-1));
});

Deno.test("diagnose: a fit that stopped at a value that is not finite is told by its error", async () => {
  const { model, outcome, x, y } = await train({
    data: drawPoints(60, 2, (a, b) => 2000 * a + 500 * b),
    hidden: [32, 32],
    activation: "relu",
    output: { activation: "linear" },
    loss: "mse",
    optimizer: optimizers.sgd({ learningRate: 100 }),
  });
  if (!(outcome instanceof NonFiniteError)) throw new Error("it did not stop");
  const diagnosis = diagnose(outcome as never, model, { x, y });
  assertEquals([diagnosis.isLearning, diagnosis.headline?.rule], [false, "rate_too_large"]);
  assertStringIncludes(String(diagnosis), `Training stopped in epoch ${outcome.epoch + 1}`);
});

Deno.test("diagnose shows itself as text, HTML and JSON, in both languages, with names as text", async () => {
  const { model, outcome, x, y } = await train({ data: XOR, activation: "linear", epochs: 100 });
  const hostile = sequential([
    layers.dense({ units: 3, name: "<img src=x>", kernelInitializer: "zeros", activation: "tanh", inputShape: [2] }),
    layers.dense({ units: 1, activation: "sigmoid", kernelInitializer: "zeros" }),
  ]);
  hostile.compile({ optimizer: "sgd", loss: "binary_crossentropy" });
  const history = await hostile.fit(x, y, { epochs: 3, verbose: 0 });
  for (const language of ["en", "es"] as const) {
    const diagnosis = diagnose(outcome as never, model, { x, y }, { language });
    const [finding] = diagnosis.findings;
    const html = diagnosis.toHTML();
    checkMarkup(html);
    for (const text of [String(diagnosis), html]) assertStringIncludes(text, "linear_stack");
    assertStringIncludes(String(diagnosis), finding.words);
    assertEquals(finding.words, findingStrings[language].linearStack(2, diagnosis.skill));
    assertEquals(JSON.parse(JSON.stringify(diagnosis)).findings[0].rule, "linear_stack");
    checkMarkup(diagnose(history, hostile, { x, y }, { language }).toHTML());
    assert(!diagnose(history, hostile, { x, y }, { language }).toHTML().includes("<img"));
  }
});

Deno.test("diagnose: a wrong answer beyond all doubt is no skill", async () => {
  // Behind a sigmoid that answers 0 or 1 the loss is that of what goes into it: cut off at 1e-7 it would seem smaller.
  for (const rate of [100, 250]) {
    const model = sequential([
      layers.dense({ units: 7, activation: "sigmoid", inputShape: [2] }),
      layers.dense({ units: 1, activation: "sigmoid" }),
    ], { seed: 7 });
    model.compile({ optimizer: optimizers.sgd({ learningRate: rate }), loss: "binary_crossentropy" });
    const history = await model.fit(XOR.x, XOR.y, { epochs: 200, verbose: 0 });
    assert(history.history.loss[199] > 1);
    const found = diagnose(history, model, XOR);
    assert(found.skill < 0 && !found.isLearning, `rate ${rate}: skill ${found.skill}`);
    assertEquals(found.headline?.rule, "rate_too_large");
  }
});

Deno.test("diagnose: a model without slopes, trained without gradients", async () => {
  const model = sequential([
    layers.dense({ units: 3, activation: "step", inputShape: [2] }),
    layers.dense({ units: 1, activation: "step" }),
  ], { seed: 7 });
  model.compile({ optimizer: "genetic_algorithm", loss: "mse" });
  const short = await model.fit(XOR.x, XOR.y, { epochs: 2, batchSize: 4, verbose: 0 });
  const { skill } = diagnose(short, model, XOR);
  assert(skill <= 1 && Number.isFinite(skill), `skill ${skill}`);
});

Deno.test("diagnose leaves the model as it is", async () => {
  const { model, outcome, x, y } = await train({ data: XOR, optimizer: optimizers.adam({ learningRate: 0.1 }) });
  const before = [...model.toBytes()];
  diagnose(outcome as never, model, { x, y });
  assertEquals([...model.toBytes()], before);
});

Deno.test("diagnose refuses what is no training", async () => {
  const { model, outcome, x, y } = await train({ data: XOR, epochs: 2 });
  assertThrows(() => diagnose({} as never, model, { x, y }), TypeError, "the first argument must be a history");
  assertThrows(() => diagnose(outcome as never, {} as never, { x, y }), TypeError, "it must be a model");
  assertThrows(() => diagnose(outcome as never, model, { x, y, z: 1 } as never), TypeError, '"z"');
  assertThrows(
    () => diagnose(outcome as never, model, { x, y }, { language: "fr" as never }),
    TypeError,
    '"en" or "es"',
  );
  assertThrows(() => diagnose(outcome as never, model, null as never), TypeError, "data must be { x, y, validation? }");
});
