import { assertEquals } from "@std/assert";
import { input, layers, model, NonFiniteError, optimizers, sequential } from "../../mod.ts";
import { diagnose, type Diagnosis } from "../../src/explain/explain.ts";
import { drawFrom } from "./training_scenes.ts";

type Trained = ReturnType<typeof sequential>;

/** Pictures of 8 × 8 with a bar that lies or stands somewhere. */
function drawBars(count: number) {
  const draw = drawFrom(5);
  const y = Array.from({ length: count }, (_, i) => i % 2);
  const x = y.map((label) => {
    const at = Math.floor(8 * draw());
    return Array.from(
      { length: 8 },
      (_, row) =>
        Array.from({ length: 8 }, (_, column) => [+((label === 0 ? row : column) === at) + 0.3 * (draw() - 0.5)]),
    );
  });
  return { x, y };
}

/** Sequences of 8 steps: is the first number larger than the last one? */
function drawSequences(count: number) {
  const draw = drawFrom(6);
  const x = Array.from({ length: count }, () => Array.from({ length: 8 }, () => [2 * draw() - 1, 2 * draw() - 1]));
  return { x, y: x.map((steps) => +(steps[0][0] > steps[7][0])) };
}

async function diagnoseTrained(made: Trained, data: { x: unknown; y: unknown }, epochs: number): Promise<Diagnosis> {
  const { x, y } = data as { x: number[][]; y: number[] };
  const outcome = await made.fit(x, y, { epochs, verbose: 0, workers: 1 }).catch((error: unknown) => {
    if (error instanceof NonFiniteError) return error;
    throw error;
  });
  return diagnose(outcome as never, made, { x, y });
}

const problemsOf = ({ findings }: Diagnosis) =>
  findings.filter(({ severity }) => severity === "problem").map(({ rule }) => rule);

function createConvolution(learningRate: number, bias: number) {
  const conv = () =>
    layers.conv2d({
      filters: 8,
      kernelSize: 3,
      padding: "same",
      activation: "relu",
      biasInitializer: { id: "constant", config: { value: bias } },
    });
  const made = sequential([
    conv(),
    layers.maxPooling2d({ poolSize: 2 }),
    conv(),
    layers.globalAveragePooling2d(),
    layers.dense({ units: 2, activation: "softmax" }),
  ], { seed: 2 });
  made.compile({ optimizer: optimizers.adam({ learningRate }), loss: "sparse_categorical_crossentropy" });
  return made;
}

Deno.test("diagnose: a convolutional network that learns has no problem, one with dead units or a rate too large has", async () => {
  const data = drawBars(96);
  const healthy = await diagnoseTrained(createConvolution(0.02, 0), data, 30);
  assertEquals([healthy.isLearning, problemsOf(healthy)], [true, []], String(healthy));
  const dead = await diagnoseTrained(createConvolution(0.02, -8), data, 4);
  assertEquals(dead.headline?.rule, "dead_layer", String(dead));
  const fast = await diagnoseTrained(createConvolution(6, 0), data, 20);
  assertEquals(fast.headline?.rule, "rate_too_large", String(fast));
});

function createRecurrent(learningRate: number) {
  const made = sequential([
    layers.lstm({ units: 12, returnSequences: true }),
    layers.lstm({ units: 12 }),
    layers.dense({ units: 1, activation: "sigmoid" }),
  ], { seed: 2 });
  made.compile({ optimizer: optimizers.adam({ learningRate }), loss: "binary_crossentropy" });
  return made;
}

Deno.test("diagnose: a recurrent network that learns has no problem, one with a rate too small or too large has", async () => {
  const data = drawSequences(96);
  const healthy = await diagnoseTrained(createRecurrent(0.02), data, 30);
  assertEquals([healthy.isLearning, problemsOf(healthy)], [true, []], String(healthy));
  const slow = await diagnoseTrained(createRecurrent(1e-6), data, 4);
  assertEquals(slow.headline?.rule, "rate_too_small", String(slow));
  const fast = await diagnoseTrained(createRecurrent(5), data, 20);
  assertEquals(fast.headline?.rule, "rate_too_large", String(fast));
});

function createAttention(learningRate: number) {
  const x = input({ shape: [8, 2] });
  const wide = layers.dense({ units: 16 }).apply(x);
  const attended = layers.multiHeadAttention({ numHeads: 2, keyDim: 8 }).apply([wide, wide]);
  const sum = layers.layerNormalization().apply(layers.add().apply([wide, attended]));
  const more = layers.dense({ units: 16, activation: "relu" }).apply(sum);
  const pooled = layers.flatten().apply(more);
  const made = model({ inputs: x, outputs: layers.dense({ units: 1, activation: "sigmoid" }).apply(pooled) }, {
    seed: 2,
  });
  made.compile({ optimizer: optimizers.adam({ learningRate }), loss: "binary_crossentropy" });
  return made as unknown as Trained;
}

Deno.test("diagnose: a network with attention that learns has no problem, one with a rate too large has", async () => {
  const data = drawSequences(96);
  const healthy = await diagnoseTrained(createAttention(0.005), data, 20);
  assertEquals([healthy.isLearning, problemsOf(healthy)], [true, []], String(healthy));
  const fast = await diagnoseTrained(createAttention(5), data, 20);
  assertEquals(fast.headline?.rule, "rate_too_large", String(fast));
});
