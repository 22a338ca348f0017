import { assert, assertEquals, assertMatch, assertRejects, assertThrows } from "@std/assert";
import {
  choice,
  type FunctionalModel,
  input,
  layers,
  loadModel,
  model,
  search,
  type Sequential,
  sequential,
  toModule,
} from "../../mod.ts";
import { hashData } from "../../src/search/engine/describe_search.ts";
import type { SearchSettings } from "../../src/search/engine/read_search_options.ts";
import type { SearchData } from "../../src/search/engine/workshop.ts";
import { hashWeights } from "./hash_weights.ts";

// Strings as inputs of models: text layers make numbers of them where samples are read, and everything behind sees these alone.

const WORDS = ["good", "bad", "very", "film", "one", "so"];
const TEXTS = Array.from({ length: 40 }, (_, i) => [0, 1, 2, 3].map((k) => WORDS[(i * (k + 3) + k * k) % 6]).join(" "));
const LABELS = TEXTS.map((text) => Number(text.includes("good")));
const QUIET = { verbose: 0, workers: 1 } as const;

function bagOfWords(): Sequential {
  const vectorize = layers.textVectorization({ outputMode: "multi_hot" });
  vectorize.adapt(TEXTS);
  const stack = sequential([vectorize, layers.dense({ units: 1, activation: "sigmoid" })], { seed: 1 });
  stack.compile({ optimizer: "adam", loss: "binary_crossentropy", metrics: ["accuracy"] });
  return stack;
}

/** The same model over numbers that were made beforehand. */
function overNumbers(width: number): Sequential {
  const stack = sequential([layers.dense({ units: 1, activation: "sigmoid", inputShape: [width] })], { seed: 1 });
  stack.compile({ optimizer: "adam", loss: "binary_crossentropy", metrics: ["accuracy"] });
  return stack;
}

function twoInputs(): FunctionalModel {
  const text = input({ shape: [], dtype: "string", name: "text" });
  const color = input({ shape: [1], dtype: "string", name: "color" });
  const size = input({ shape: [2], name: "size" });
  const bag = layers.textVectorization({ outputMode: "count", vocabulary: WORDS }).apply(text);
  const sequence = layers.textVectorization({ vocabulary: WORDS, outputSequenceLength: 3 }).apply(text);
  const hue = layers.stringLookup({ vocabulary: ["red", "blue"], outputMode: "one_hot" }).apply(color);
  const all = layers.concatenate().apply([size, hue, bag, sequence]);
  const both = model({ inputs: { text, color, size }, outputs: layers.dense({ units: 2 }).apply(all) }, { seed: 2 });
  both.compile({ optimizer: "sgd", loss: "mse" });
  return both;
}

Deno.test("a model that begins with texts learns what the same model learns from the layer's numbers, on any number of threads", async () => {
  const texts = bagOfWords();
  const history = await texts.fit(TEXTS, LABELS, { ...QUIET, epochs: 3, validationSplit: 0.2 });
  const vectorize = texts.layers[0] as layers.TextVectorization;
  const x = vectorize.transform(TEXTS);
  const numbers = overNumbers(vectorize.vocabularySize());
  const expected = await numbers.fit(x, LABELS, { ...QUIET, epochs: 3, validationSplit: 0.2 });
  assertEquals(history.history, expected.history);
  assertEquals(texts.getWeights(), numbers.getWeights());
  assertEquals(texts.predict(TEXTS), numbers.predict(x));
  assertEquals(texts.evaluate(TEXTS, LABELS), numbers.evaluate(x, LABELS));
  assertEquals(texts.predictOnBatch(["good"]), texts.predict([["good"]]));
  const two = bagOfWords();
  await two.fit(TEXTS, LABELS, { ...QUIET, workers: 2, epochs: 3, validationSplit: 0.2 });
  assertEquals(hashWeights(two), hashWeights(texts));
});

Deno.test("streams of texts, in which every batch may have a length of its own", async () => {
  const vectorize = layers.textVectorization();
  await vectorize.adapt((async function* () {
    for (let at = 0; at < 40; at += 7) yield await Promise.resolve({ x: TEXTS.slice(at, at + 7) });
  })());
  assertEquals(vectorize.getVocabulary().slice(0, 2), ["", "[UNK]"]);
  const text = input({ shape: [1], dtype: "string" });
  const indices = vectorize.apply(text);
  assertEquals(indices.shape, [null, null]);
  const columns = layers.reshape({ targetShape: [-1, 1] }).apply(indices);
  const sums = layers.globalMaxPooling1d().apply(layers.dense({ units: 4 }).apply(columns));
  const open = model({ inputs: text, outputs: layers.dense({ units: 1 }).apply(sums) });
  open.compile({ optimizer: "sgd", loss: "mse" });
  const batches = [{ x: ["a"], y: [1] }, { x: [["good film"], ["so very bad"]], y: [0, 1] }, {
    x: ["", "one"],
    y: [1, 1],
  }];
  const { history } = await open.fit(batches, { ...QUIET, epochs: 2 });
  assertEquals(history.loss.length, 2);
  assertEquals(open.predict(batches).shape, [5, 1]);
  assertEquals(open.predict(["good good good", "bad"]).shape, [2, 1]);
});

Deno.test("indices go to an embedding, whose rows must be as many, and padding is masked", async () => {
  const vectorize = layers.textVectorization({ vocabulary: WORDS });
  const make = (inputDim: number): Sequential =>
    sequential([
      layers.inputLayer({ shape: [], dtype: "string" }),
      vectorize,
      layers.embedding({ inputDim, outputDim: 3, maskZero: true }),
      layers.globalAveragePooling1d(),
      layers.dense({ units: 1 }),
    ], { seed: 3 });
  const stack = make(vectorize.vocabularySize());
  stack.compile({ optimizer: "adam", loss: "mse" });
  await stack.fit(TEXTS, LABELS, { ...QUIET, epochs: 2 });
  const [short] = stack.predict(["so good"]).data;
  assertEquals(stack.predict(["so good", "so bad film very one"]).data[0], short); // what is behind its end does not count
  assertEquals((await loadModel(stack.toBytes())).predict(TEXTS), stack.predict(TEXTS));
  assertThrows(() => make(5).predict(["one so"]), RangeError, 'behind layer "text_vectorization"');
});

Deno.test("several inputs, of strings and of numbers, one of them for two layers", async () => {
  const both = twoInputs();
  const x = {
    text: TEXTS,
    color: TEXTS.map((_, i) => ["red", "green"][i % 2]),
    size: TEXTS.map((_, i) => [i / 40, 1]),
  };
  const y = TEXTS.map((_, i) => [i / 40, 0]);
  await both.fit(x, y, { ...QUIET, epochs: 2 });
  const again = await loadModel(both.toBytes());
  assertEquals(again.predict([x.text, x.color, x.size]), both.predict(x));
  const three = layers.textVectorization({ outputMode: "count", vocabulary: WORDS }).transform(["good good x"]);
  assertEquals(three.toArray(), [[1, 2, 0, 0, 0, 0, 0]]);
  assertThrows(() => both.predict({ ...x, text: ["one"] }), TypeError, 'got 1 of "text" and 40 of "color"');
  assertThrows(() => both.predict({ ...x, color: x.size }), TypeError, "x.color[0][0] must be a string, got 0");
});

Deno.test("integers beyond float32, hashes, and categories behind them", async () => {
  const customers = TEXTS.map((_, i) => [9_000_000_000_000_000 + i % 5]);
  const lookup = layers.integerLookup();
  lookup.adapt(customers);
  const customer = input({ shape: [1], dtype: "int64", name: "customer" });
  const page = input({ shape: [2], dtype: "string", name: "page" });
  const known = layers.categoryEncoding({ numTokens: 6, outputMode: "one_hot" }).apply(lookup.apply(customer));
  const anyOne = layers.hashing({ numBins: 4, outputMode: "multi_hot" }).apply(customer);
  const bins = layers.hashing({ numBins: 9, maskValue: "", salt: 3 }).apply(page);
  const rows = layers.flatten().apply(layers.embedding({ inputDim: 9, outputDim: 2 }).apply(bins));
  const all = layers.concatenate().apply([known, anyOne, rows]);
  const both = model({ inputs: [customer, page], outputs: layers.dense({ units: 1 }).apply(all) }, { seed: 4 });
  both.compile({ optimizer: "adam", loss: "mse" });
  const x = [customers, TEXTS.map((text) => text.split(" ").slice(0, 2))];
  await both.fit(x, LABELS, { ...QUIET, epochs: 2 });
  const again = await loadModel(both.toBytes());
  assertEquals(again.predict(x), both.predict(x));
  assertEquals(again.predict([[9_000_000_000_000_001n], [["", "a"]]]).shape, [1, 1]);
  assertEquals((again.getLayer("integer_lookup") as layers.IntegerLookup).getVocabulary(), [
    -1,
    ...[4, 3, 2, 1, 0].map((i) => 9e15 + i),
  ]);
  const stack = sequential([layers.hashing({ numBins: 8, outputMode: "count" }), layers.dense({ units: 1 })]);
  stack.compile({ optimizer: "sgd", loss: "mse" });
  await stack.fit(x[1], LABELS, QUIET);
  assertEquals(stack.predict([["a", "b"]]).shape, [1, 1]);
  const encode = layers.categoryEncoding({ numTokens: 3 });
  const hot = sequential([layers.inputLayer({ shape: [2] }), encode]);
  assertThrows(() => hot.predict([[0, 3]]), RangeError, "got 3 at sample 0, column 1; numTokens must be larger");
});

Deno.test("files hold vocabularies, and go on training from there", async () => {
  const first = bagOfWords();
  await first.fit(TEXTS, LABELS, { ...QUIET, epochs: 1 });
  const bytes = first.toBytes();
  const second = await loadModel(bytes);
  assertEquals(second.toBytes(), bytes);
  assertEquals(second.summary(), first.summary());
  assertEquals(
    (second.layers[0] as layers.TextVectorization).getVocabulary(),
    (first.layers[0] as layers.TextVectorization).getVocabulary(),
  );
  for (const one of [first, second]) await one.fit(TEXTS, LABELS, { ...QUIET, initialEpoch: 1, epochs: 3 });
  assertEquals(hashWeights(second), hashWeights(first));
  // What a vocabulary can hold, a file can.
  const odd = ["", "[UNK]", "a\nb", "\u0000", "\u{1f600}", "\ufeff", '"\\'];
  const lookup = layers.stringLookup({ vocabulary: odd, maskToken: "", outputMode: "int" });
  const stack = sequential([lookup, layers.dense({ units: 1 })]);
  stack.build([1]);
  const read = (await loadModel(stack.toBytes())).layers[0] as layers.StringLookup;
  assertEquals(read.getVocabulary(), odd);
  // Another vocabulary comes with restore.
  const third = bagOfWords();
  (third.layers[0] as layers.TextVectorization).setVocabulary([...WORDS].reverse());
  third.build([]);
  third.restore(bytes);
  assertEquals(third.predict(TEXTS), (await loadModel(bytes)).predict(TEXTS));
});

Deno.test("a search over texts has the scores of fit, and tells vocabularies apart", async () => {
  const build = ({ maxTokens }: { maxTokens: number }): Sequential => {
    const vectorize = layers.textVectorization({ outputMode: "multi_hot", maxTokens, padToMaxTokens: true });
    vectorize.adapt(maxTokens === 9 ? TEXTS.slice(0, 3) : TEXTS);
    const stack = sequential([vectorize, layers.dense({ units: 1, activation: "sigmoid", name: "out" })], { seed: 5 });
    stack.compile({ optimizer: "adam", loss: "binary_crossentropy" });
    return stack;
  };
  const options = { x: TEXTS, y: LABELS, epochs: 2, monitor: "loss", validation: null, seed: 5 } as const;
  const found = await search({
    ...options,
    space: { maxTokens: choice([9, 8]) },
    build: ({ maxTokens }) => build({ maxTokens: maxTokens as number }),
    sampler: "grid",
    workers: 2,
    verbose: 0,
  });
  for (const { params, score } of found.trials) {
    const { history } = await build(params as { maxTokens: number }).fit(TEXTS, LABELS, {
      ...QUIET,
      epochs: 2,
      seed: 5,
    });
    assertEquals(score, history.loss[1]);
  }
  assertEquals(found.trials.length, 2);
});

Deno.test("the journal of a search knows texts by a hash", async () => {
  const hash = (x: unknown) => hashData({ x, y: [1, 2] } as SearchData, { validation: null } as SearchSettings);
  assertEquals(await hash(["a", "b"]), await hash(["a", "b"]));
  const others = [["a", "c"], [["a"], ["b"]], { t: ["a", "b"], n: [1, 2] }, [["a", "b"], [[1], [2]]], [[1n], [2n]]];
  const hashes = await Promise.all([["a", "b"], ...others].map(hash));
  assertEquals(new Set(hashes).size, hashes.length);
});

Deno.test("what cannot be is refused, and says what to write", async () => {
  const text = input({ shape: [], dtype: "string", name: "text" });
  const numbers = input({ shape: [2], name: "numbers" });
  const vectorize = layers.textVectorization({ vocabulary: WORDS });
  const refuse = (f: () => unknown, message: RegExp): void => void assertMatch(assertThrows(f, Error).message, message);
  refuse(
    () => layers.dense({ units: 1 }).apply(text),
    /must be of dtype "float32", got "string" from "text"; .*textVectorization/,
  );
  refuse(() => vectorize.apply(numbers), /must be of dtype "string", got "float32".*dtype: "string"/);
  refuse(() => model({ inputs: text, outputs: text }), /outputs must be numbers, got "text"/);
  refuse(() => layers.textVectorization().transform(["a"]), /must have a vocabulary; call adapt/);
  refuse(() => layers.textVectorization({ outputMode: "count" }).apply(text), /must have a vocabulary/);
  refuse(() => vectorize.adapt(["a"]), /its vocabulary came with the options/);
  refuse(() => vectorize.transform("a"), /for one sample write \[data\]/);
  refuse(() => vectorize.transform([["a", "b"]]), /shape \[\] or \[1\], got shape \[2\]/);
  refuse(() => vectorize.transform(["a", 1]), /data\[1\] must be a string/);
  refuse(() => vectorize.transform([["a"], ["b", "c"]]), /data\[1\] must be an array of 1/);
  refuse(() => vectorize.setVocabulary(["a", "a"]), /"a" twice/);
  refuse(() => vectorize.setVocabulary(["a", ""]), /at its beginning only/);
  refuse(() => layers.stringLookup({ vocabulary: ["a", "b"], maxTokens: 2 }), /at most maxTokens \(2\) entries, got 3/);
  refuse(
    () => layers.stringLookup({ invert: true, vocabulary: ["a"] }).apply(input({ shape: [1], dtype: "int64" })),
    /call transform/,
  );
  refuse(
    () => layers.stringLookup({ numOovIndices: 0, vocabulary: ["a"] }).transform(["b"]),
    /must be in the vocabulary, got "b"/,
  );
  refuse(() => layers.stringLookup({ outputMode: "tf_idf", vocabulary: ["a"] }), /idfWeights must be 1 finite/);
  refuse(() => layers.stringLookup({ padToMaxTokens: true }), /padToMaxTokens needs maxTokens/);
  refuse(
    () => layers.textVectorization({ outputSequenceLength: 3, outputMode: "count" }),
    /goes with outputMode "int"/,
  );
  refuse(() => layers.textVectorization({ split: "words" as "word" }), /did you mean "word"/);
  refuse(() => layers.textVectorization({ locale: "???" }), /locale must name a language/);
  refuse(() => layers.textVectorization({ ngrams: 0 }), /ngrams must be an integer from 1 to 16/);
  refuse(() => input({ shape: [], dtype: "str" as "string" }), /dtype must be one of/);
  const bag = bagOfWords();
  await bag.fit(TEXTS, LABELS, { ...QUIET, epochs: 1 });
  refuse(() => (bag.layers[0] as layers.TextVectorization).adapt(["a"]), /built for its 7 indices.*padToMaxTokens/);
  refuse(() => sequential([bag, layers.dense({ units: 1 })]), /inputs of a model that is a layer must be numbers/);
  refuse(() => toModule(bag), /its input must be numbers, got "input" of dtype "string"/);
  await assertRejects(() => bag.fit([1, 2], [0, 1], QUIET), TypeError, "x[0] must be a string, got 1");
  assert(bag.isCompiled);
});
