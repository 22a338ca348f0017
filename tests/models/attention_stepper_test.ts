import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { compileStepper, type FunctionalModel, input, layers, model, stepper } from "../../mod.ts";
import { loadStepper } from "../../src/edge/sequences.ts";

/** With a masked step in between, and one at the end. */
const WORDS = [2, 3, 0, 5, 1, 0];
/** Sums over room for all steps, and over those that have been. */
const TOLERANCE = 1e-6;

type Call = (x: ReturnType<typeof input>) => unknown;
const causal = { useCausalMask: true } as const;

const BLOCKS = "two blocks of a transformer";
const LAYERS: Readonly<Record<string, Call>> = {
  "attention with heads": (x) => layers.multiHeadAttention({ numHeads: 2, keyDim: 3 }).apply([x, x], causal),
  "attention with groups": (x) =>
    layers.groupedQueryAttention({ headDim: 2, numQueryHeads: 4, numKeyValueHeads: 2 }).apply([x, x], causal),
  "attention without projections": (x) => layers.attention({ useScale: true }).apply([x, x], causal),
  "attention by sums": (x) => layers.additiveAttention().apply([x, x], causal),
  [BLOCKS]: (x) => {
    const block = (normalizeFirst: boolean) =>
      layers.transformerEncoder({ intermediateDim: 8, numHeads: 2, normalizeFirst });
    return block(true).apply(block(false).apply(x, causal), causal);
  },
};

function createModel(call: Call, steps: number | null, maskZero: boolean): FunctionalModel {
  const x = input({ shape: [steps] });
  const table = layers.embedding({ inputDim: 6, outputDim: 4, maskZero }).apply(x);
  const placed = layers.positionalEmbedding({ sequenceLength: 9 }).apply(table);
  const y = layers.dense({ units: 3 }).apply(call(placed as typeof x) as typeof x);
  return model({ inputs: x, outputs: y }, { seed: 4 });
}

for (const [what, call] of Object.entries(LAYERS)) {
  Deno.test(`step by step = whole: ${what}`, () => {
    for (const maskZero of [false, true]) {
      const net = createModel(call, null, maskZero), options = { maxSteps: WORDS.length };
      const s = stepper(net, options), two = stepper(net, { ...options, batchSize: 2 });
      const bytes = compileStepper(net, options);
      const edge = [loadStepper(bytes), loadStepper(bytes, { engine: "javascript" })];
      assertEquals([s.maxSteps, edge[0].maxSteps], [WORDS.length, WORDS.length]);
      WORDS.forEach((word, t) => {
        const want = net.predict([WORDS.slice(0, t + 1)]).data.slice(-3);
        const got = s.step(word).data, both = two.step([word, word]).data;
        // A masked query attends to all keys alike, as in Keras, later ones too: behind that no two lengths of a sequence agree at masked steps.
        if (word !== 0 || !maskZero || what !== BLOCKS) {
          got.forEach((v, i) => assertAlmostEquals(v, want[i], TOLERANCE, `${maskZero}, step ${t}`));
        }
        for (const one of edge) {
          const found = one.step(word) as number[];
          got.forEach((v, i) => assertAlmostEquals(found[i], v, TOLERANCE, one.engine));
        }
        assertEquals(both, Float32Array.of(...got, ...got));
      });
      assertThrows(() => s.step(1), RangeError, "there is room for 6 steps");
    }
  });
}

Deno.test("a first step that is masked attends to itself alone, as a sequence of one does", () => {
  const net = createModel(LAYERS["attention with heads"], null, true), s = stepper(net, { maxSteps: 9 });
  const want = net.predict([[0]]).data;
  s.step(0).data.forEach((v, i) => assertAlmostEquals(v, want[i], TOLERANCE));
  assertEquals(Object.keys(s.state.values).map((name) => name.replace(/.*\//, "")), ["keys", "values", "mask"]);
});

Deno.test("attention to later steps is refused by name", () => {
  const heads = (options: Record<string, unknown>): Call => (x) =>
    layers.multiHeadAttention({ numHeads: 1, keyDim: 2, name: "heads" }).apply([x, x], options);
  const message = 'attends to later steps: it must be called with useCausalMask: true (layer "heads"';
  assertThrows(() => stepper(createModel(heads({}), 4, false)), TypeError, message);
  const open = createModel(heads(causal), null, false);
  assertThrows(() => stepper(open), TypeError, "keeps all steps, so maxSteps must say how many there may be");
  assertEquals(stepper(open, { maxSteps: 3 }).maxSteps, 3);
  const scores: Call = (x) =>
    layers.attention({ name: "seen" }).apply<ReturnType<typeof input>[]>([x, x], {
      ...causal,
      returnAttentionScores: true,
    })[0];
  assertThrows(() => stepper(createModel(scores, 4, false)), TypeError, "returnAttentionScores");
});
