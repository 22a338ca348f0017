import { layers, optimizers, type Sequential, sequential } from "../../mod.ts";

/** Two half-moons that reach into each other: n points, and which moon each is in. */
export function twoMoons(n: number): { x: number[][]; y: number[] } {
  let seed = 1;
  const uniform = (): number => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const noise = (): number => 0.2 * (uniform() + uniform() + uniform() - 1.5);
  const y = Array.from({ length: n }, (_, i) => i % 2);
  const x = y.map((moon) => {
    const angle = Math.PI * uniform();
    return moon === 0
      ? [Math.cos(angle) + noise(), Math.sin(angle) + noise()]
      : [1 - Math.cos(angle) + noise(), 0.5 - Math.sin(angle) + noise()];
  });
  return { x, y };
}

/** A classifier for the moons. */
export function moonModel({ hidden = 4, learningRate = 0.01, seed = 1 } = {}): Sequential {
  const model = sequential([
    layers.dense({ units: hidden, activation: "relu", inputShape: [2] }),
    layers.dense({ units: 2, activation: "softmax" }),
  ], { seed });
  model.compile({
    optimizer: optimizers.adam({ learningRate }),
    loss: "sparse_categorical_crossentropy",
    metrics: ["accuracy"],
  });
  return model;
}
