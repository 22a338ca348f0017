import { initializers, layers, NonFiniteError, optimizers, sequential } from "../../mod.ts";
import { diagnose, type Diagnosis, type RuleName } from "../../src/explain/explain.ts";

/** A training: data, a network and how it is trained. */
export interface Scene {
  readonly x: readonly (readonly number[])[];
  readonly y: readonly (number | readonly number[])[];
  readonly hidden: readonly number[];
  readonly activation: string;
  readonly output: { readonly units: number; readonly activation: string; readonly loss: string };
  readonly optimizer: "sgd" | "momentum" | "rmsprop" | "adam";
  readonly rate: number;
  readonly epochs: number;
  readonly batchSize: number;
  readonly seed: number;
  readonly kernel?: number | "zeros";
  readonly bias?: number;
}

/** A fault that is put into a training, and the rule that is to name it. */
export interface Fault {
  readonly name: string;
  readonly rules: readonly RuleName[];
  readonly inject: (scene: Scene) => Scene;
}

/** Numbers from 0 to 1 by a seed (mulberry32). */
export function drawFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Points = Pick<Scene, "x" | "y" | "output">;

const YES_OR_NO = { units: 1, activation: "sigmoid", loss: "binary_crossentropy" };

function circle(draw: () => number, count: number): Points {
  const x = Array.from({ length: count }, () => [4 * draw() - 2, 4 * draw() - 2]);
  return { x, y: x.map(([a, b]) => +(a * a + b * b < 2)), output: YES_OR_NO };
}

function exclusiveOr(draw: () => number, count: number): Points {
  const x = Array.from({ length: count }, () => [2 * draw() - 1, 2 * draw() - 1]);
  return { x: x.map((row) => row.map((value) => 1.7 * value)), y: x.map(([a, b]) => +(a * b > 0)), output: YES_OR_NO };
}

function moons(draw: () => number, count: number): Points {
  const y = Array.from({ length: count }, (_, i) => i % 2);
  const x = y.map((label) => {
    const angle = Math.PI * draw();
    const [a, b] = label === 0 ? [Math.cos(angle), Math.sin(angle)] : [1 - Math.cos(angle), 0.5 - Math.sin(angle)];
    return [a + 0.2 * (draw() - 0.5), 1.5 * b + 0.2 * (draw() - 0.5)];
  });
  return { x, y, output: YES_OR_NO };
}

function threeClusters(draw: () => number, count: number): Points {
  const labels = Array.from({ length: count }, (_, i) => i % 3);
  const x = labels.map((label) => [0, 1].map((axis) => 1.3 * Math.cos(2.1 * label + 1.57 * axis) + draw() - 0.5));
  return { x, y: labels, output: { units: 3, activation: "softmax", loss: "sparse_categorical_crossentropy" } };
}

function curve(draw: () => number, count: number): Points {
  const x = Array.from({ length: count }, () => [3 * draw() - 1.5, 3 * draw() - 1.5]);
  const y = x.map(([a, b]) => [Math.sin(2 * a) + 0.5 * b]);
  return { x, y, output: { units: 1, activation: "linear", loss: "mean_squared_error" } };
}

const KINDS = [circle, circle, exclusiveOr, exclusiveOr, moons, threeClusters, curve];

/** A training with settings as a careful user chooses them. */
export function drawScene(seed: number): Scene {
  const draw = drawFrom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(draw() * list.length)];
  const points = pick(KINDS)(draw, 60 + Math.floor(draw() * 140));
  const activation = pick(["tanh", "relu", "relu", "sigmoid"]);
  const depth = activation === "sigmoid" ? 1 : pick([1, 2, 2, 3, activation === "relu" ? 6 : 2]);
  const optimizer = pick(["sgd", "momentum", "rmsprop", "adam", "adam"] as const);
  const rates = { sgd: [0.1, 0.5], momentum: [0.02, 0.1], rmsprop: [0.003, 0.02], adam: [0.005, 0.03] }[optimizer];
  const isCurve = points.output.activation === "linear";
  const rate = rates[0] * (rates[1] / rates[0]) ** draw() * (optimizer === "sgd" && isCurve ? 0.2 : 1);
  return {
    ...points,
    hidden: Array.from({ length: depth }, () => pick([8, 16, 24, 32])),
    activation,
    optimizer,
    rate,
    epochs: pick([100, 150, 200]),
    batchSize: pick([8, 16, 32]),
    seed,
  };
}

const deep = (activation: string, scene: Scene): Scene => ({ ...scene, activation, hidden: Array(12).fill(16) });

const scaled = (factor: number) => (scene: Scene): Scene => ({
  ...scene,
  x: scene.x.map((row) => row.map((value) => factor * value)),
});

/** The faults of the gate. */
export const FAULTS: readonly Fault[] = [
  {
    name: "rate × 300",
    rules: ["rate_too_large", "exploding", "diverged"],
    inject: (s) => ({ ...s, rate: 300 * s.rate }),
  },
  { name: "rate ÷ 1000", rules: ["rate_too_small"], inject: (s) => ({ ...s, rate: s.rate / 1000 }) },
  { name: "relu, bias −8", rules: ["dead_layer"], inject: (s) => ({ ...s, activation: "relu", bias: -8 }) },
  {
    name: "N(0, 5), 8 sigmoid or tanh layers",
    rules: ["saturated_at_start"],
    inject: (s) => ({
      ...s,
      activation: s.activation === "relu" ? "sigmoid" : s.activation,
      hidden: Array(8).fill(16),
      kernel: 5,
    }),
  },
  { name: "N(0, 1), 12 relu layers", rules: ["exploding"], inject: (s) => ({ ...deep("relu", s), kernel: 1 }) },
  { name: "12 sigmoid layers", rules: ["vanishing"], inject: (s) => deep("sigmoid", s) },
  { name: "inputs × 1000", rules: ["unscaled_inputs"], inject: scaled(1000) },
  { name: "inputs × 1e-4", rules: ["unscaled_inputs"], inject: scaled(1e-4) },
  { name: "weights 0", rules: ["symmetric_units"], inject: (s) => ({ ...s, kernel: "zeros" }) },
  {
    name: "linear stack",
    rules: ["linear_stack"],
    inject: (s) => ({ ...s, activation: "linear", hidden: [...s.hidden, 16].slice(0, 2) }),
  },
];

/** The model of a scene. */
export function buildScene({ x, hidden, activation, output, optimizer, rate, seed, kernel, bias }: Scene) {
  const kernelInitializer = kernel === undefined
    ? activation === "relu" ? "he_normal" : "glorot_uniform"
    : kernel === "zeros"
    ? "zeros"
    : initializers.randomNormal({ stddev: kernel });
  const options = {
    kernelInitializer,
    ...(bias === undefined ? {} : { biasInitializer: initializers.constant({ value: bias }) }),
  };
  const model = sequential([
    ...hidden.map((units, i) =>
      layers.dense({ units, activation, ...options, ...(i === 0 ? { inputShape: [x[0].length] } : {}) } as never)
    ),
    layers.dense({
      units: output.units,
      activation: output.activation,
      ...(kernel === undefined ? {} : { kernelInitializer }),
    } as never),
  ], { seed });
  const learningRate = rate;
  model.compile({
    loss: output.loss,
    optimizer: optimizer === "momentum"
      ? optimizers.sgd({ learningRate, momentum: 0.9 })
      : optimizers[optimizer]({ learningRate }),
  });
  return model;
}

/** Trains a scene, and says why it learns or not. */
export async function diagnoseScene(scene: Scene): Promise<Diagnosis> {
  const model = buildScene(scene);
  const { x, y, epochs, batchSize } = scene;
  const outcome = await model.fit(x as never, y as never, { epochs, batchSize, verbose: 0, workers: 1 })
    .catch((error: unknown) => {
      if (error instanceof NonFiniteError) return error;
      throw error;
    });
  return diagnose(outcome as never, model, { x: x as never, y: y as never });
}
