import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { layers, loadModel, sequential } from "../../mod.ts";
import { compareCodePoints } from "../../src/text/compare_code_points.ts";
import { farmHash64 } from "../../src/text/farm_hash64.ts";
import { sipHash64 } from "../../src/text/sip_hash64.ts";
import { TokenCounter } from "../../src/text/token_counter.ts";

/** Strings of any kind: whole UTF-16, with lone surrogates and control characters. */
const anyText = fc.string({ unit: "binary", maxLength: 40 }).map((text) =>
  text.length % 3 === 0 ? text + String.fromCharCode(0xd800 + text.length) : text
);

Deno.test("any texts become finite numbers of the shape that was promised, and what is learnt is read again", () => {
  const ways = fc.record({
    standardize: fc.constantFrom("lower_and_strip_punctuation", "lower", "strip_punctuation", null),
    split: fc.constantFrom("whitespace", "character", "word", null),
    locale: fc.constantFrom(null, "de", "tr", "zh"),
    ngrams: fc.constantFrom(null, 2, [1, 3]),
    outputMode: fc.constantFrom("int", "multi_hot", "count", "tf_idf"),
  });
  fc.assert(
    fc.property(fc.array(anyText, { minLength: 1, maxLength: 6 }), ways, (texts, options) => {
      const layer = layers.textVectorization(options as layers.TextVectorizationOptions);
      try {
        layer.adapt(texts);
      } catch (error) {
        assert((error as Error).message.includes("must have tokens"), (error as Error).message);
        return;
      }
      const found = layer.transform(texts);
      assert(found.data.every((value) => Number.isFinite(value) && value >= 0));
      const vocabulary = layer.getVocabulary();
      assert(vocabulary.every((token) => token.isWellFormed()));
      assertEquals(new Set(vocabulary).size, vocabulary.length);
      if (options.outputMode === "int") {
        // Every token was learnt, so none is unknown but those that look like what stands for unknown ones; zeros stand at the ends only.
        for (const row of found.toArray<number[][]>()) {
          const end = row.findIndex((index) => index === 0);
          if (options.split !== null && end >= 0) assert(row.slice(end).every((index) => index === 0));
          assert(row.every((index) => index < vocabulary.length));
        }
      } else assertEquals(found.shape, [texts.length, vocabulary.length]);
    }),
    { numRuns: 200 },
  );
});

Deno.test("a vocabulary of any strings goes through a file, and indices back to strings", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(anyText.map((text) => text.toWellFormed()), { minLength: 1, maxLength: 8 }),
      async (tokens) => {
        const lookup = layers.stringLookup({
          vocabulary: tokens.filter((token) => token !== "[UNK]").concat("z".repeat(50)),
        });
        const stack = sequential([lookup, layers.dense({ units: 1 })]);
        stack.build([1]);
        const read = (await loadModel(stack.toBytes())).layers[0] as layers.StringLookup;
        const vocabulary = lookup.getVocabulary();
        assertEquals(read.getVocabulary(), vocabulary);
        const back = layers.stringLookup({ vocabulary, invert: true });
        assertEquals(back.transform(read.transform(vocabulary)), vocabulary);
      },
    ),
    { numRuns: 40 },
  );
});

Deno.test("damaged vocabularies in files are refused", async () => {
  const lookup = layers.stringLookup({ vocabulary: ["ab", "c"] });
  const state = lookup.saveState();
  const tensor = (name: string) => state.find((one) => one.name === name)!;
  const refuse = (change: Record<string, object | undefined>, message: string): void => {
    const read = (name: string) =>
      (name in change ? change[name] : state.find((one) => one.name === name)) as typeof state[number] | undefined;
    assertThrows(() => layers.stringLookup().readState(read), Error, message);
  };
  refuse({ vocabulary: { ...tensor("vocabulary"), data: Uint8Array.of(97, 255, 98) } }, "must end with the byte 255");
  refuse({ vocabulary: { ...tensor("vocabulary"), data: Uint8Array.of(97, 255, 97, 255) } }, '"a" twice');
  refuse({ vocabulary: { ...tensor("vocabulary"), data: Uint8Array.of(0xc0, 97, 255) } }, "must be UTF-8");
  refuse({ vocabulary: { ...tensor("vocabulary"), data: new Uint8Array(0) } }, "must end with the byte 255");
  refuse({ vocabulary: { ...tensor("vocabulary"), dtype: "F32" } }, "vocabulary must be U8 with one axis, got F32");
  await Promise.resolve();
});

Deno.test("texts of a million characters take no longer than their length, whatever they are made of", () => {
  const parts = ["a", "A", ".", " ", "a ", "'", "\u{1f600}", "漢", "\ud800", "\u0000", "aa.aa "];
  const texts = parts.map((part) => part.repeat(1e6 / part.length));
  for (const split of ["whitespace", "character", "word", null] as const) {
    const layer = layers.textVectorization({ split, vocabulary: ["a", "aa"], outputSequenceLength: 5 });
    assertEquals(layer.transform(texts).shape, [texts.length, 5]);
  }
  const learns = layers.textVectorization({ ngrams: 2 });
  learns.adapt(texts);
  assert(learns.vocabularySize() > 5);
});

Deno.test("counting is bounded, and ranks by counts, then by code points", () => {
  const counter = new TokenCounter<string>("adapt", { most: 3, mostCharacters: 100 });
  counter.add(["a", "b", "a", "c"]);
  assertThrows(() => counter.add(["d"]), RangeError, "Cannot adapt: it tells at most 3 tokens apart");
  const long = new TokenCounter<string>("adapt", { most: 3, mostCharacters: 100 });
  assertThrows(() => long.add(["x".repeat(101)]), RangeError, "of at most 100 characters together");
  const ranked = new TokenCounter<string>("adapt");
  ranked.add(["\uffff", "\u{10000}", "a", "a", "b", "", "z"]);
  ranked.add(["z", "ab"]);
  assertEquals(ranked.rank(["b"], null).tokens, ["z", "a", "\u{10000}", "\uffff", "ab", ""]);
  assertEquals([...ranked.rank(["b"], 2).documents], [2, 1]);
  fc.assert(fc.property(anyText, anyText, (a, b) => {
    const [x, y] = [a, b].map((text) => [...new TextEncoder().encode(text)]);
    const at = x.findIndex((byte, i) => byte !== y[i]);
    const bytes = at < 0 ? x.length - y.length : at >= y.length ? 1 : x[at] - y[at];
    assertEquals(Math.sign(compareCodePoints(a.toWellFormed(), b.toWellFormed())), Math.sign(bytes));
  }));
});

Deno.test("hashes are FarmHash64 and SipHash-2-4", async () => {
  const rows: [string, string][] = JSON.parse(
    await Deno.readTextFile(new URL("../golden/text_hashes.json", import.meta.url)),
  );
  for (const [text, hash] of rows) assertEquals(String(farmHash64(new TextEncoder().encode(text))), hash, text);
  // The vector of the paper's appendix: key 00 … 0f, message 00 … 0e.
  const key: [bigint, bigint] = [0x0706050403020100n, 0x0f0e0d0c0b0a0908n];
  assertEquals(sipHash64(Uint8Array.from({ length: 15 }, (_, i) => i), key), 0xa129ca6149be45e5n);
});
