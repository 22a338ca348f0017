import { assert, assertAlmostEquals, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { input, layers, model, regularizers, sequential } from "../../mod.ts";
import { explain, type ExplainOptions, type WeightPath } from "../../src/explain/explain.ts";
import { chainStrings } from "../../src/explain/strings/chain_strings.ts";
import { showNumber } from "../../src/drawing/maths.ts";
import { checkMarkup } from "../drawing/check_markup.ts";
import { checkStrings } from "../drawing/check_strings.ts";
import { layerSamples } from "../layers/samples.ts";
import { STAGE_OUTPUTS, STAGE_WIDTH, stageInputs, stageSample } from "../layers/stage_sample.ts";
import { drawNumbers } from "../models/draw_numbers.ts";
import { createLecture, LECTURE_X, LECTURE_Y } from "./lecture_model.ts";

const explainLecture = (options?: ExplainOptions) => explain(createLecture(), LECTURE_X, LECTURE_Y, options);

/** The worked example, in float64 by hand (examples/worked_example.ts). */
const WORKED: Readonly<Record<string, readonly number[]>> = {
  x: [0.1, 0.5],
  y: [0.05, 0.95],
  z: [0.41, 0.47, 1.0197741932588942, 1.2630685203068044],
  a: [0.6010878788483698, 0.6153837563911821],
  "ŷ": [0.7349286127170142, 0.7795538841677558],
  "∂E/∂z": [0.011080579599813645, 0.013402398843400632, 0.133429947792031, -0.029291101232798013],
  "∂E/∂ŷ": [0.684928612717014, -0.170446115832244],
};

/** Weights, and their derivatives. */
const WEIGHTS: Readonly<Record<string, readonly [value: number, gradient: number]>> = {
  "w[1][1][1]": [0.1, 0.0011080579599813645],
  "w[1][1][2]": [0.3, 0.0055402897999068225],
  "w[1][2][1]": [0.2, 0.0013402398843400632],
  "w[1][2][2]": [0.4, 0.006701199421700316],
  "w[2][1][1]": [0.5, 0.08020312429316064],
  "w[2][1][2]": [0.6, 0.08211062248733934],
  "w[2][2][1]": [0.7, -0.017606525909155426],
  "w[2][2][2]": [0.8, -0.018025267905473628],
  "b[1][1]": [0.25, 0.011080579599813645],
  "b[2][2]": [0.35, -0.029291101232798013],
};

Deno.test("the worked example's every number is shown, in both languages, as text and as HTML", () => {
  for (const language of ["en", "es"] as const) {
    const why = explainLecture({ language, order: "lecture", digits: 5 });
    const lines = String(why).split("\n");
    assertStringIncludes(lines[0], "E = 0.24909");
    for (const [name, values] of Object.entries(WORKED)) {
      const found = lines.map((line) => line.trim().split(/ {2,}/)).filter(([head]) => head === name);
      assertEquals(found.flatMap(([, ...numbers]) => numbers), values.map((value) => showNumber(value, 5)), name);
    }
    for (const [name, [value, gradient]] of Object.entries(WEIGHTS)) {
      const [, ...numbers] = lines.map((line) => line.trim().split(/ {2,}/)).find(([head]) => head === name)!;
      assertEquals(numbers, [value, gradient].map((each) => showNumber(each, 5)), name);
      assertStringIncludes(String(why.path(name)), `${chainStrings[language].kernelGradient(showNumber(gradient, 5))}`);
    }
    const html = why.toHTML();
    checkMarkup(html);
    for (const value of [...WORKED.z, ...WORKED["∂E/∂z"], ...Object.values(WEIGHTS).flat()]) {
      assertStringIncludes(html, `>${showNumber(value, 5)}<`);
    }
  }
});

Deno.test("a path is written as on the lecture's slides", () => {
  const path = explainLecture({ order: "lecture", digits: 6 }).path("w[1][1][1]");
  assertEquals(String(path).split("\n"), [
    "w = w[1][1][1] = 0.1",
    "2 paths lead from it to the loss:",
    "",
    "1. ∂E/∂w = ∂E/∂ŷ[1] · ∂ŷ[1]/∂z[2][1] · ∂z[2][1]/∂a[1][1] · ∂a[1][1]/∂z[1][1] · ∂z[1][1]/∂w",
    "         = (ŷ[1] − y[1]) · (ŷ[1] · (1 − ŷ[1])) · w[2][1][1] · (a[1][1] · (1 − a[1][1])) · x[1]",
    "         = 0.684929 · 0.194809 · 0.5 · 0.239781 · 0.1 = 0.0015997",
    "2. ∂E/∂w = ∂E/∂ŷ[2] · ∂ŷ[2]/∂z[2][2] · ∂z[2][2]/∂a[1][1] · ∂a[1][1]/∂z[1][1] · ∂z[1][1]/∂w",
    "         = (ŷ[2] − y[2]) · (ŷ[2] · (1 − ŷ[2])) · w[2][2][1] · (a[1][1] · (1 − a[1][1])) · x[1]",
    "         = −0.170446 · 0.17185 · 0.7 · 0.239781 · 0.1 = −0.000491642",
    "",
    "∂E/∂w = 0.0015997 − 0.000491642 = 0.00110806",
    "the kernel's gradient: 0.00110806",
  ]);
  const { groups: [{ routes }], ...rest } = path.toJSON();
  assertEquals(routes!.map(({ factors }) => factors.map(({ of, by }) => `${of} ${by}`)[0]), ["E ŷ[1]", "E ŷ[2]"]);
  assertAlmostEquals(routes![0].product, 0.684928612717014 * 0.5 * 0.1 * 0.1948085 * 0.2397812, 1e-9);
  assertEquals([rest.kind, rest.version, rest.weight, rest.difference], ["path", 1, "w[1][1][1]", null]);
  assertStringIncludes(
    path.toLatex()!,
    "\\frac{\\partial E}{\\partial \\hat{y}_{1}}".replace("\\hat{y}_", "{\\hat{y}}_"),
  );
  checkMarkup(path.toHTML());
  assertEquals(JSON.parse(JSON.stringify(path)), path.toJSON());
});

Deno.test("the factors of a path are those that finite differences find", () => {
  const model = createLecture();
  const path = explain(model, LECTURE_X, LECTURE_Y, { precision: "float64" }).path("one/kernel[1,0]");
  const factors = path.toJSON().groups[0].routes![0].factors.map(({ value }) => value);
  const trace = (x: number[][]) => explain(model, x, LECTURE_Y, { precision: "float64" }).trace;
  /** How a value moves with the input that the weight multiplies: the weight's own column scaled. */
  const named = (at: ReturnType<typeof trace>, name: string, i: number): number =>
    at.nodes.find((node) => node.name === name)!.value[i];
  const step = 2 ** -20;
  const [before, behind] = [-step, step].map((d) => trace([[0.1, 0.5 + d]]));
  const slope = (of: [string, number], by: [string, number]): number =>
    (named(behind, ...of) - named(before, ...of)) / (named(behind, ...by) - named(before, ...by));
  assertAlmostEquals(factors[1], slope(["two/a", 0], ["two/z", 0]), 1e-6);
  assertAlmostEquals(factors[3], slope(["one/a", 0], ["one/z", 0]), 1e-6);
  assertAlmostEquals(factors[0], named(trace(LECTURE_X), "two/a", 0) - 0.05, 1e-7);
  assertEquals([factors[2], factors[4]].map((each) => Math.round(each * 1e6) / 1e6), [0.5, 0.5]);
});

Deno.test("losses that are fused with the activation before them are unfolded", () => {
  const binary = explain(createLecture(undefined, "binary_crossentropy"), LECTURE_X, [[0, 1]]).path("two/kernel[0,1]");
  const text = String(binary);
  assertStringIncludes(text, chainStrings.en.fused());
  assertStringIncludes(text, "= (ŷ[1] − y[1])/(ŷ[1] · (1 − ŷ[1])) · 0.5 · (ŷ[1] · (1 − ŷ[1])) =");
  assertEquals(binary.difference, null);
  for (const [loss, y] of [["categorical_crossentropy", [[0, 1]]], ["sparse_categorical_crossentropy", [1]]] as const) {
    const made = sequential([layers.dense({ units: 2, activation: "softmax", inputShape: [2], name: "only" })], {
      seed: 2,
    });
    made.compile({ optimizer: "sgd", loss });
    const path = explain(made, LECTURE_X, y).path("only/kernel[0,0]");
    assertStringIncludes(String(path), "= ∂E/∂ŷ[1] · ∂ŷ[1]/∂z[only][0] = ");
    assertEquals(path.difference, null);
    assertEquals(path.toJSON().groups[0].routes![0].factors.length, 2);
  }
  // Where ŷ is 1 in float32 the factors are none that could be shown; what is computed together still is.
  const sure = createLecture(undefined, "binary_crossentropy");
  sure.setWeights({ "two/bias": [200, 200] });
  const sureText = String(explain(sure, LECTURE_X, [[0, 1]]).path("two/bias[0]"));
  assertEquals(sureText.includes(chainStrings.en.fused()), false);
  assertStringIncludes(sureText, "= 0.5");
});

Deno.test("for every layer the sum of a path is the kernel's gradient", () => {
  const y = drawNumbers(3, STAGE_OUTPUTS, 2);
  for (const [type, [sample]] of Object.entries(layerSamples)) {
    const x = stageInputs(sample, drawNumbers(3, STAGE_WIDTH, 1));
    const staged = stageSample(sample);
    staged.compile({ optimizer: "sgd", loss: "mse" });
    const why = explain(staged, x, y);
    const all = why.trace.parameters.flatMap((
      { node },
    ) => [...why.trace.nodes.find(({ id }) => id === node)!.gradient ?? []]);
    // Kernels of float32 against factors of float64 at the same values. Behind a softmax what is 0 is rounding of what cancels.
    const scale = all.reduce((most, each) => Math.max(most, Math.abs(each)), 1e-6);
    for (const { name, node } of why.trace.parameters) {
      const { shape, gradient } = why.trace.nodes.find(({ id }) => id === node)!;
      if (gradient === null) continue;
      const path = why.path(shape.length === 0 ? name : `${name}[${shape.map((length) => length - 1)}]`);
      const { groups, rest, sum } = path.toJSON();
      const shown = groups.reduce((all, group) => all + group.sum, rest?.sum ?? 0);
      assertAlmostEquals(shown, sum, 1e-12, `${type} ${name}`);
      assertAlmostEquals(sum, path.gradient, 1e-5 * scale, `${type} ${name}`);
      checkMarkup(path.toHTML());
    }
    checkMarkup(why.toHTML());
  }
});

Deno.test("more than 8 paths are sums, layer by layer, and every sum is whole", () => {
  const made = sequential([
    layers.dense({ units: 40, activation: "tanh", inputShape: [3], name: "wide" }),
    layers.dense({ units: 30, activation: "tanh", name: "middle" }),
    layers.dense({ units: 2, name: "end" }),
  ], { seed: 3 });
  made.compile({ optimizer: "sgd", loss: "mse" });
  const path = explain(made, [[1, -2, 0.5]], [[0.3, 0.4]]).path("wide/kernel[1,7]");
  const { groups: [{ levels, routes, sum }] } = path.toJSON();
  assertEquals(routes, null);
  assertEquals(levels!.map(({ of }) => of), ["w", "z[wide][7]", "a[wide][7]", ...levels!.slice(3).map(({ of }) => of)]);
  for (const { terms, rest, gradient, of } of levels!) {
    const total = terms.reduce((all, each) => all + each.factor * each.gradient, rest?.sum ?? 0);
    assertAlmostEquals(total, of === "w" ? sum : gradient, 1e-7, of);
    const sizes = terms.map(({ factor, gradient }) => Math.abs(factor * gradient));
    assertEquals(sizes, sizes.toSorted((a, b) => b - a));
  }
  const [, , middle] = levels!;
  assertEquals([middle.terms.length, middle.rest!.count], [3, 27]);
  assertStringIncludes(String(path), "(27 more)");
  assertEquals(path.difference, null);
});

Deno.test("of a batch the samples are opened that count most, and a penalty is a path of its own", () => {
  const made = sequential([
    layers.dense({ units: 1, inputShape: [2], name: "only", kernelRegularizer: regularizers.l2({ l2: 0.1 }) }),
  ], { seed: 3 });
  made.compile({ optimizer: "sgd", loss: "mse" });
  made.setWeights([[[0.5], [0.25]], [0]]);
  const path = explain(made, [[1, 0], [2, 0], [0, 1], [3, 1], [4, 0]], [[1], [0], [0], [0], [0]]).path(
    "only/kernel[0,0]",
  );
  const { groups, rest } = path.toJSON();
  assertEquals(groups.map(({ sample }) => sample), [4, 3, 1]);
  assertEquals(rest!.count, 3);
  assertAlmostEquals(path.sum, path.gradient, 1e-6);
  const [only] = explain(made, [[0, 1]], [[0.25]]).path("only/kernel[0,0]").toJSON().groups;
  assertEquals(only.routes!.map(({ factors }) => factors.length), [2, 1]);
  const input = explain(made, [[0, 1]], [[0.25]]).path("only/kernel[0,0]");
  assertAlmostEquals(input.gradient, 2 * 0.1 * 0.5, 1e-7);
});

Deno.test("several inputs and outputs are told apart, and what is not looked up has no path", () => {
  const x = [input({ shape: [2], name: "left" }), input({ shape: [1], name: "right" })];
  const h = layers.dense({ units: 2, activation: "tanh", name: "h" }).apply(layers.concatenate().apply(x));
  const outputs = {
    p: layers.dense({ units: 1, name: "p" }).apply(h),
    q: layers.dense({ units: 1, name: "q" }).apply(h),
  };
  const made = model({ inputs: x, outputs }, { seed: 1 });
  made.compile({ optimizer: "sgd", loss: "mse", lossWeights: { p: 1, q: 0.25 } });
  const why = explain(made, [[[1, 2]], [[3]]], { p: [[1]], q: [[0]] });
  const text = String(why.path("p/kernel[1,0]"));
  assertStringIncludes(text, "= ((ŷ[p][0] − y[0][0]) · 2) · a[h][1]");
  assertStringIncludes(String(why.path("q/bias[0]")), "((ŷ[q][0] − y[1][0]) · 0.5)");
  assertStringIncludes(String(why), "input x/1\n  x  3");
  const looked = sequential([
    layers.embedding({ inputDim: 5, outputDim: 2, inputShape: [3], name: "emb" }),
    layers.flatten(),
    layers.dense({ units: 1, name: "d" }),
  ], { seed: 2 });
  looked.compile({ optimizer: "sgd", loss: "mse" });
  const words = explain(looked, [[1, 2, 2]], [[1]]);
  assertStringIncludes(String(words.path("emb/embeddings[4,0]")), chainStrings.en.noPath());
  assertEquals(words.path("emb/embeddings[2,0]").toJSON().groups[0].routes!.length, 2);
});

Deno.test("what cannot be explained is refused in words", () => {
  const lecture = createLecture();
  const of = (path: string, options?: ExplainOptions) => () =>
    explain(lecture, LECTURE_X, LECTURE_Y, options).path(path);
  assertThrows(of("one/kernal[0,0]"), RangeError, 'did you mean "one/kernel"?');
  assertThrows(of("one/kernel[0,2]"), RangeError, "index of axis 1 is an integer from 0 to 1");
  assertThrows(of("one/kernel[0]"), TypeError, 'named as "one/kernel[0,0]"');
  assertThrows(of("one/kernel[-1,0]"), RangeError, "index of axis 0");
  assertThrows(of("one/kernel[0,0"), TypeError, 'named as "one/kernel[0,0]"');
  assertThrows(of("w[3][1][1]", { order: "lecture" }), RangeError, "w[layer][to][from]");
  assertThrows(of("w[1][1][0]", { order: "lecture" }), RangeError, "from 1 to 2");
  assertEquals(
    of("one/kernel[2,1]", { order: "lecture" })().gradient,
    of("w[1][1][2]", { order: "lecture" })().gradient,
  );
  // deno-lint-ignore no-explicit-any
  const all = (...args: any[]) => () => explain(...args as Parameters<typeof explain>);
  assertThrows(of(3 as unknown as string), TypeError, "got 3");
  assertThrows(all(lecture, LECTURE_X, LECTURE_Y, { order: "slides" }), RangeError, '"library" or "lecture"');
  assertThrows(all(lecture, LECTURE_X, LECTURE_Y, { language: "de" }), TypeError, '"en" or "es"');
  assertThrows(all(lecture, LECTURE_X, LECTURE_Y, { digits: 1 }), RangeError, "digits");
  assertThrows(all(lecture, LECTURE_X, LECTURE_Y, { sample: 1 }), RangeError, "sample");
  assertThrows(all(lecture, LECTURE_X, LECTURE_Y, { langauge: "es" }), TypeError, 'did you mean "language"?');
  assertThrows(all(lecture, [[1, 2, 3]], LECTURE_Y), TypeError, "shape");
  assertThrows(all({}, LECTURE_X, LECTURE_Y), TypeError, "must be a model");
  assertThrows(all(sequential([layers.dense({ units: 2, inputShape: [2] })]), LECTURE_X, LECTURE_Y), Error, "compile");
});

Deno.test("names with markup and control characters are shown as text", () => {
  const hostile = "<img src=x onerror=alert(1)>&amp;`$\\input{x}";
  const made = createLecture([hostile, "two"]);
  const why = explain(made, LECTURE_X, LECTURE_Y);
  const path: WeightPath = why.path(`${hostile}/kernel[0,0]`);
  for (const html of [why.toHTML(), path.toHTML()]) {
    checkMarkup(html);
    assertEquals(html.includes("<img"), false);
  }
  assertEquals(path.toLatex()!.includes("\\input"), false);
});

Deno.test("explaining leaves the model as it is, and shows itself in notebooks", () => {
  const made = createLecture();
  const before = made.getWeights().map(({ data }) => [...data]);
  const why = explain(made, LECTURE_X, LECTURE_Y);
  const bundle = (why.path("one/bias[0]") as unknown as { [key: symbol]: () => Record<string, unknown> })[
    Symbol.for("Jupyter.display")
  ]();
  assertEquals(Object.keys(bundle), [
    "text/plain",
    "text/html",
    "text/latex",
    "application/vnd.retroprop.path.v1+json",
  ]);
  assertEquals(made.getWeights().map(({ data }) => [...data]), before);
  assertEquals(made.iteration, 0);
  assert(JSON.stringify(why).startsWith('{"kind":"explanation","version":1,'));
});

Deno.test("the words are there in both languages", () => checkStrings(chainStrings));
