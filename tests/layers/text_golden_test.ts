import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { input, layers, model, tensor } from "../../mod.ts";

// What tests/golden/text.py says of Keras's rules, and what Keras's documentation shows.

interface Case {
  readonly name: string;
  readonly layer: "text_vectorization" | "string_lookup" | "integer_lookup";
  readonly options: object;
  readonly learnt: readonly string[] & readonly (readonly string[])[];
  readonly vocabulary: readonly string[];
  readonly shown: readonly string[] & readonly (readonly string[])[];
  readonly output: readonly (readonly number[])[];
}

interface Other {
  readonly name: string;
  readonly layer: "hashing" | "category_encoding";
  readonly options: layers.HashingOptions & layers.CategoryEncodingOptions;
  readonly shown: readonly (readonly string[])[] & readonly number[];
  readonly weights?: readonly number[] | null;
  readonly output: readonly number[];
}

const all: readonly (Case | Other)[] = JSON.parse(
  await Deno.readTextFile(new URL("../golden/text.json", import.meta.url)),
);
const cases = all.filter((one): one is Case => "vocabulary" in one);
const others = all.filter((one): one is Other => !("vocabulary" in one));
/** They differ in what their tokens are. */
const factories = {
  text_vectorization: layers.textVectorization,
  string_lookup: layers.stringLookup,
  integer_lookup: layers.integerLookup as unknown as typeof layers.stringLookup,
};

for (const { name, layer: type, options, shown, weights, output } of others) {
  Deno.test(`${type}: ${name}`, () => {
    const flat = (values: unknown): number[] => Array.isArray(values) ? values.flatMap(flat) : [values as number];
    if (type === "hashing") {
      assertEquals([...layers.hashing(options).transform(shown).data], flat(output));
      return;
    }
    const ends = [shown, ...(weights ? [weights] : [])].map((data) => {
      const { shape } = tensor(data);
      return { data, port: input({ shape: shape.slice(1) }) };
    });
    const y = layers.categoryEncoding(options).apply(ends.map(({ port }) => port));
    const found = model({ inputs: ends.map(({ port }) => port), outputs: y }).predict(ends.map(({ data }) => data));
    assertEquals([...found.data], flat(output));
    assertEquals(found.shape, tensor(output).shape);
  });
}

for (const { name, layer: type, options, learnt, vocabulary, shown, output } of cases) {
  Deno.test(`${type}: ${name}`, () => {
    const layer = factories[type](options);
    layer.adapt(learnt);
    assertEquals(layer.getVocabulary(), vocabulary);
    assertEquals(layer.vocabularySize(), vocabulary.length);
    const found = layer.transform(shown);
    assertEquals(found.shape.slice(0, 2), [output.length, output[0].length]);
    const wanted = output.flat(2);
    assertEquals(found.data.length, wanted.length);
    wanted.forEach((value, i) => assertAlmostEquals(found.data[i], value, 1e-6 * Math.max(1, value)));
    // A vocabulary that is read again is the same, with what stands in front or without.
    const isWeighted = "outputMode" in options && options.outputMode === "tf_idf";
    if (isWeighted) return;
    for (const includes of [true, false]) {
      const again = factories[type]({ ...options, vocabulary: layer.getVocabulary(includes) });
      assertEquals(again.transform(shown), found);
    }
  });
}

Deno.test("what Keras's documentation shows of lookups", () => {
  const vocabulary = ["a", "b", "c", "d"];
  const data = [["a", "c", "d", "d"], ["d", "z", "b", "z"]];
  const lookup = (options: layers.StringLookupOptions): unknown =>
    layers.stringLookup(options).transform(data).toArray();
  assertEquals(lookup({ vocabulary }), [[1, 3, 4, 4], [4, 0, 2, 0]]);
  assertEquals(lookup({ vocabulary, outputMode: "multi_hot" }), [[0, 1, 0, 1, 1], [1, 0, 1, 0, 1]]);
  assertEquals(lookup({ vocabulary, outputMode: "count" }), [[0, 1, 0, 1, 2], [2, 0, 1, 0, 1]]);
  const weighted = layers.stringLookup({ outputMode: "tf_idf", vocabulary, idfWeights: [0.25, 0.75, 0.6, 0.4] });
  const found = weighted.transform(data).toArray<number[][]>();
  [[0, 0.25, 0, 0.6, 0.8], [1, 0, 0.75, 0, 0.4]].flat().forEach((v, i) => assertAlmostEquals(found.flat()[i], v, 1e-6));
  weighted.setVocabulary(["[UNK]", ...vocabulary], [0.9, 0.25, 0.75, 0.6, 0.4]);
  assertAlmostEquals(weighted.transform(data).get(1, 0), 1.8, 1e-6);
  const several = layers.stringLookup({ vocabulary, numOovIndices: 2 });
  assertEquals(several.transform([["a", "c", "d"], ["m", "z", "b"]]).toArray(), [[2, 4, 5], [0, 1, 3]]);
  const inverse = layers.stringLookup({ vocabulary, invert: true });
  assertEquals(inverse.transform([[1, 3, 4], [4, 0, 2]]), [["a", "c", "d"], ["d", "[UNK]", "b"]]);
});

Deno.test("integers beyond float32, and bigints", () => {
  const lookup = layers.integerLookup({ vocabulary: [12, 36, 1138, 42], numOovIndices: 3 });
  const wanted = [[3, 5, 0], [6, 2, 1]];
  assertEquals(lookup.transform([[12, 1138, 9_007_199_254_740_990], [42, -1, -2]]).toArray(), wanted);
  assertEquals(lookup.transform([[12n, 1138n, 9_007_199_254_740_990n], [42n, -1n, -2n]]).toArray(), wanted);
  assertEquals(lookup.transform(BigInt64Array.of(12n, 42n)).toArray(), [3, 6]);
  assertEquals(lookup.transform({ data: Int32Array.of(12, 42, 7, 7), shape: [2, 2] }).toArray(), [[3, 6], [1, 1]]);
  assertThrows(() => lookup.transform([2 ** 53]), RangeError, "data[0] must be an integer from −(2^53 − 1)");
  assertThrows(() => lookup.transform([1.5]), RangeError, "data[0] must be an integer");
  assertThrows(() => lookup.transform([-2, "a"] as number[]), TypeError, "data[1] must be an integer");
  const inverse = layers.integerLookup({ vocabulary: lookup.getVocabulary(false), invert: true });
  assertEquals(inverse.transform([[1, 3, 4], [4, 0, 2]]), [[12, 1138, 42], [42, -1, 36]]);
  const hashed = layers.integerLookup({ vocabulary: [1], numOovIndices: 2, oovMethod: "farmhash" });
  const even = Array.from({ length: 32 }, (_, i) => 2 * i);
  assertEquals(new Set(hashed.transform(even).data).size, 2);
  assertEquals(layers.hashing({ numBins: 9 }).transform([17]), layers.hashing({ numBins: 9 }).transform(["17"]));
});
