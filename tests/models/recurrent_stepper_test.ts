import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { compileModel, compileStepper, input, layers, model, sequential, stepper } from "../../mod.ts";
import { load, loadStepper } from "../../src/edge/sequences.ts";

/** With a masked step first, in between, and two at the end. */
const WORDS = [0, 3, 0, 5, 1, 0, 0];
/** tanh and sigmoid of JavaScript, and the kernels'. */
const TOLERANCE = 1e-6;

const RECURRENT: Readonly<Record<string, () => layers.Layer>> = {
  "an lstm": () => layers.lstm({ units: 5 }),
  "an lstm that gives sequences": () => layers.lstm({ units: 8, returnSequences: true }),
  "an lstm that gives 0 for masked steps": () => layers.lstm({ units: 3, zeroOutputForMask: true, useBias: false }),
  "a gru": () => layers.gru({ units: 5, returnSequences: true }),
  "a gru that resets before the product": () => layers.gru({ units: 3, resetAfter: false }),
  "a plain network": () => layers.simpleRNN({ units: 6, returnSequences: true }),
  "an lstm without activations": () => layers.lstm({ units: 2, activation: "linear", recurrentActivation: "linear" }),
};

for (const [what, create] of Object.entries(RECURRENT)) {
  Deno.test(`step by step = whole, in the model and at the edge: ${what}`, () => {
    const options = { seed: 1, numerics: "portable" } as const;
    const stack = (steps: number | null) => [
      layers.embedding({ inputDim: 6, outputDim: 3, maskZero: true, inputShape: [steps], name: "table" }),
      layers.lstm({ units: 4, returnSequences: true, name: "below" }),
    ];
    const [head, last] = [layers.dense({ units: 2, activation: "softmax" }), create()];
    const net = sequential([...stack(null), last, head], options);
    const bytes = compileStepper(net);
    const one = stepper(net), two = stepper(net, { batchSize: 2 });
    const edge = loadStepper(bytes, { numerics: "portable" }), plain = loadStepper(bytes, { engine: "javascript" });
    WORDS.forEach((word, t) => {
      const want = net.predict([WORDS.slice(0, t + 1)]).data.slice(-2);
      assertEquals(one.step(word).data, want);
      assertEquals(two.step([word, word]).data, Float32Array.of(...want, ...want));
      assertEquals(edge.step(word), [...want]);
      const got = plain.step(word) as number[];
      want.forEach((v, i) => assertAlmostEquals(got[i], v, TOLERANCE));
    });
    const whole = load(compileModel(net, { inputShape: [WORDS.length] }), { numerics: "portable" });
    assertEquals((whole.predict(WORDS) as number[][]).flat(), [...net.predict([WORDS]).data]);
    for (const [weights, tolerance] of [["float16", 2e-3], ["int8", 0.05]] as const) {
      const small = loadStepper(compileStepper(net, { weights })), want = stepper(net);
      for (const word of WORDS) {
        const got = small.step(word) as number[];
        want.step(word).data.forEach((v, i) => assertAlmostEquals(got[i], v, tolerance, weights));
      }
    }
  });
}

Deno.test("first states that a call is given count in the first step; states are results of a step, too", () => {
  const x = input({ shape: [null, 3] });
  const first = layers.lstm({ units: 4, returnState: true });
  const [y, h, c] = first.apply<ReturnType<typeof input>[]>(x);
  const outputs = layers.concatenate().apply([y, h, c]);
  const net = model({ inputs: x, outputs }, { seed: 2 });
  const s = stepper(net), steps = [[1, 0, -1], [0.5, 2, 0], [0, 0, 1]];
  steps.forEach((step, t) => assertEquals(s.step(step).data, net.predict([steps.slice(0, t + 1)]).data));
  assertEquals(Object.keys(s.state.values), ["lstm/h", "lstm/c"]);
});

Deno.test("a layer that goes backwards is refused by name", () => {
  const net = sequential([layers.lstm({ units: 2, goBackwards: true, name: "back", inputShape: [4, 3] })]);
  const message = 'lstm goes backwards, from the last step on (layer "back"';
  assertThrows(() => stepper(net), TypeError, message);
  assertThrows(() => compileStepper(net), TypeError, message);
});
