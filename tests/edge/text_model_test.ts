import { assertAlmostEquals, assertEquals, assertMatch, assertThrows } from "@std/assert";
import {
  compileModel,
  describeCompiled,
  FileFormatError,
  input,
  layers,
  model,
  type Sequential,
  sequential,
  type Shape,
  toModule,
} from "../../mod.ts";
import { load as loadSmall } from "../../src/edge/edge.ts";
import { load, loadStepper, loadTextModel } from "../../src/edge/sequences.ts";
import type { NestedRaw } from "../../src/tensor/raw_tensor.ts";
import { withDescription } from "./hostile_files.ts";

/** Float32 along another path: folded scalings. */
const TOLERANCE = 1e-5;

const TEXTS = [
  "Good film, GOOD!",
  "a bad one\tand so on",
  "",
  "naïve 漢字 😀 \ud800",
  "x ".repeat(300),
  "one good bad film",
];
const WORDS = ["good", "bad", "film", "one", "a", "漢字", "na"];

interface Sample {
  readonly name: string;
  readonly create: () => layers.Layer;
  readonly shape: readonly (number | null)[];
  readonly dtype?: "string" | "int64";
  readonly data: readonly NestedRaw[];
  /** What is given to `compileModel` where lengths are unknown. */
  readonly inputShape?: Shape;
  /** Data of that length. */
  readonly longest?: number;
}

const texts = (name: string, options: layers.TextVectorizationOptions, more: Partial<Sample> = {}): Sample => ({
  name,
  create: () => {
    const layer = layers.textVectorization(options);
    layer.adapt([...TEXTS, ...WORDS, "z"]);
    return layer;
  },
  shape: [],
  data: TEXTS,
  ...more,
});

const SAMPLES: readonly Sample[] = [
  texts("indices", { outputSequenceLength: 5, maxTokens: 9 }),
  texts("indices of any number", {}, { inputShape: [300], longest: 300 }),
  texts("characters", { split: "character", outputSequenceLength: 9, standardize: "lower" }),
  texts("words", { split: "word", locale: "de", outputMode: "multi_hot" }),
  texts("pairs", { ngrams: [2, 1], outputMode: "count", standardize: null }),
  texts("tf-idf", { outputMode: "tf_idf", maxTokens: 30, padToMaxTokens: true }),
  {
    name: "lookup",
    create: () => layers.stringLookup({ vocabulary: WORDS, maskToken: "", numOovIndices: 3 }),
    shape: [2],
    data: [["good", ""], ["zz", "film"], ["\ud800", "漢字"]],
  },
  {
    name: "lookup, one hot, of any number",
    create: () => layers.stringLookup({ vocabulary: WORDS, outputMode: "one_hot" }),
    shape: [null],
    data: [["good", "", "a"], ["zz", "film", "x"]],
    inputShape: [3, 8],
  },
  {
    name: "lookup, weights, of any number",
    create: () => layers.stringLookup({ vocabulary: ["a", "b"], idfWeights: [0.5, 3], outputMode: "tf_idf" }),
    shape: [null],
    data: [["a", "a", "b"], ["zz", "b", "x"]],
  },
  {
    name: "integers",
    create: () => layers.integerLookup({ vocabulary: [7, -9e15, 12], outputMode: "count", numOovIndices: 2 }),
    shape: [3],
    dtype: "int64",
    data: [[7, 7, -9e15], [1, 2, 12], [-1, -2, -3]],
  },
  {
    name: "hashes",
    create: () => layers.hashing({ numBins: 6, outputMode: "one_hot", maskValue: 4 }),
    shape: [1],
    dtype: "int64",
    data: [[4], [9e15], [-1]],
  },
  {
    name: "hashes with a salt",
    create: () => layers.hashing({ numBins: 5, outputMode: "multi_hot", salt: [3, 2 ** 50] }),
    shape: [3],
    data: [["a", "b", "漢"], ["", "", "c"]],
  },
];

function build({ create, shape, dtype = "string" }: Sample) {
  const x = input({ shape, dtype, name: "x" });
  const y = create().apply(x);
  const rows = y.sampleShape.length === 2 ? layers.globalAveragePooling1d().apply(y) : y;
  const wide = y.sampleShape.includes(null) && y.sampleShape.length === 1
    ? layers.globalAveragePooling1d().apply(layers.reshape({ targetShape: [-1, 1] }).apply(y))
    : rows;
  return model({ inputs: x, outputs: layers.dense({ units: 3, activation: "tanh" }).apply(wide) }, { seed: 2 });
}

for (const sample of SAMPLES) {
  Deno.test(`a compiled model of texts gives what the model gives: ${sample.name}`, () => {
    const net = build(sample);
    const { inputShape } = sample;
    const bytes = compileModel(net, inputShape === undefined ? {} : { inputShape });
    const { encoder, runtime } = describeCompiled(bytes);
    assertEquals([encoder?.dtype, runtime], [sample.dtype ?? "string", "retroprop/edge/sequences"]);
    const wanted = net.predict(sample.data as string[]).data;
    for (const options of [{}, { engine: "javascript" as const }]) {
      const compiled = loadTextModel(bytes, options);
      const found = (compiled.predict(sample.data) as number[][]).flat();
      assertEquals(found.length, wanted.length);
      found.forEach((value, i) => assertAlmostEquals(value, wanted[i], TOLERANCE));
      const one = compiled.predict(sample.data[0]) as number[];
      one.forEach((value, i) => assertAlmostEquals(value, wanted[i], TOLERANCE));
      assertEquals(compiled.predictBatch(sample.data.slice(0, 1)), [one]);
    }
  });
}

function bag(): Sequential {
  const vectorize = layers.textVectorization({ vocabulary: WORDS, outputMode: "count", inputShape: [] });
  return sequential([vectorize, layers.dense({ units: 2, activation: "softmax" })], { seed: 1 });
}

Deno.test("texts calibrate smaller weights, and many samples go through a small memory", () => {
  const net = bag();
  const bytes = compileModel(net, { weights: "int8", calibration: TEXTS, labels: ["no", "yes"] });
  assertEquals(describeCompiled(bytes).report?.samples, TEXTS.length);
  const compiled = loadTextModel(bytes);
  assertEquals([compiled.inputs, compiled.outputs[0].labels], [
    [{ name: "x", shape: [], dtype: "string" }],
    ["no", "yes"],
  ]);
  const many = Array.from({ length: 150 }, (_, i) => TEXTS[i % 6]);
  const all = compiled.predict(many) as number[][];
  assertEquals(all.length, 150);
  assertEquals(all[149], compiled.predict(TEXTS[149 % 6]));
});

Deno.test("every loader says which file is whose", () => {
  const bytes = compileModel(bag());
  for (const other of [loadSmall, load]) {
    assertThrows(() => other(bytes), FileFormatError, 'the file is for loadTextModel of "retroprop/edge/sequences"');
  }
  assertThrows(() => loadStepper(bytes), FileFormatError, "the file is for loadTextModel");
  const numbers = compileModel(sequential([layers.dense({ units: 1, inputShape: [2] })]));
  assertThrows(() => loadTextModel(numbers), FileFormatError, "the file is for load of");
  assertThrows(() => toModule(bag()), TypeError, "its input must be numbers");
  const compiled = loadTextModel(bytes);
  assertThrows(() => compiled.predict(7), TypeError, "must be a string, got 7");
  assertThrows(() => compiled.predict([["a", "b"]]), TypeError, "x must have shape [batch], got [1, 2]");
  const x = input({ shape: [], dtype: "string" });
  const [a, b] = [1, 2].map((n) =>
    layers.textVectorization({ vocabulary: WORDS, outputMode: "count", ngrams: n }).apply(x)
  );
  const two = model({ inputs: x, outputs: layers.add().apply([a, b]) });
  assertThrows(() => compileModel(two), TypeError, "one layer must make numbers");
});

Deno.test("encoders in files are not trusted", () => {
  const bytes = compileModel(bag());
  const change = (f: (encoder: Record<string, unknown>) => unknown): Uint8Array =>
    withDescription(bytes, (description) => {
      const changed = f(description.encoder as Record<string, unknown>);
      if (changed !== undefined) description.encoder = changed;
    });
  const lookup = (fields: object) => (encoder: Record<string, unknown>): void => {
    encoder.lookup = { ...encoder.lookup as object, ...fields };
  };
  const tokenizer = (fields: object) => (encoder: Record<string, unknown>): void => {
    encoder.tokenizer = { ...encoder.tokenizer as object, ...fields };
  };
  const changes: ((encoder: Record<string, unknown>) => unknown)[] = [
    () => null,
    () => [],
    () => ({}),
    (e) => void (e.dtype = "float32"),
    (e) => void (e.dtype = "int64"),
    (e) => void (e.shape = [-1]),
    (e) => void (e.shape = Array(17).fill(1)),
    (e) => void (e.outputMode = "tf_idf"),
    (e) => void (e.outputMode = "int"),
    (e) => void (e.length = 1e9),
    (e) => void (e.lookup = null),
    (e) => void (e.hash = { numBins: 3, maskValue: null, salt: null }),
    (e) => void (e.other = 1),
    lookup({ maxTokens: 2 }),
    lookup({ maxTokens: 4194304, padToMaxTokens: true }),
    lookup({ padToMaxTokens: true }),
    lookup({ numOovIndices: 1e9 }),
    lookup({ oovToken: 5 }),
    lookup({ maskToken: {} }),
    tokenizer({ ngrams: [1e9] }),
    tokenizer({ ngrams: [] }),
    tokenizer({ split: "regex" }),
    tokenizer({ standardize: "upper" }),
    tokenizer({ locale: 5 }),
    tokenizer({ split: "word", locale: "!" }),
    tokenizer({ locale: "a".repeat(1000) }),
  ];
  for (const f of changes) {
    const error = assertThrows(() => loadTextModel(change(f)), Error);
    assertMatch(error.message, /^Cannot load compiled model: /);
    assertEquals(error instanceof FileFormatError, true, error.message);
  }
  for (let at = 0; at < bytes.length; at += 11) {
    const damaged = bytes.slice();
    damaged[at] ^= 0x41;
    try {
      loadTextModel(damaged).predict("good"); // a file without a checksum is taken, and whatever it says does no harm
    } catch (error) {
      assertEquals(error instanceof FileFormatError, true, `${error}`);
    }
  }
});
