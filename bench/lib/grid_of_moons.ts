import { gridSearch, layers, optimizers, type SearchResult, sequential } from "../../mod.ts";

/** 1,000 points of two moons, labels in turn. */
export function makeMoons(count = 1000): { x: number[][]; y: number[] } {
  let state = 1;
  const draw = (): number => (state = state * 48271 % 2147483647) / 2147483647;
  const normal = (): number => Math.sqrt(-2 * Math.log(draw())) * Math.cos(2 * Math.PI * draw());
  const y = Array.from({ length: count }, (_, i) => i % 2);
  const x = y.map((moon) => {
    const angle = Math.PI * draw();
    const [a, b] = moon === 0 ? [Math.cos(angle), Math.sin(angle)] : [1 - Math.cos(angle), 0.5 - Math.sin(angle)];
    return [a + 0.2 * normal(), b + 0.2 * normal()];
  });
  return { x, y };
}

/** What a grid is validated with: a fifth held out, or three folds and a training of the best on all data. */
export const VALIDATIONS = { split: { split: 0.2 }, folds: { folds: 3, stratified: true } } as const;

/** The grid: hidden {4, 8, 16, 32} × rate {0.001, 0.003, 0.01, 0.03}, one relu layer, 50 epochs, batch 32, Adam. */
export function searchMoons(
  data: { x: number[][]; y: number[] },
  validation: keyof typeof VALIDATIONS,
  workers: number | "auto",
): Promise<SearchResult> {
  return gridSearch({
    space: { hidden: [4, 8, 16, 32], learningRate: [0.001, 0.003, 0.01, 0.03] },
    build: ({ hidden, learningRate }) => {
      const model = sequential([
        layers.dense({ units: hidden, activation: "relu", inputShape: [2] }),
        layers.dense({ units: 2, activation: "softmax" }),
      ], { seed: 1 });
      model.compile({
        optimizer: optimizers.adam({ learningRate }),
        loss: "sparse_categorical_crossentropy",
        metrics: ["accuracy"],
      });
      return model;
    },
    ...data,
    epochs: 50,
    batchSize: 32,
    validation: VALIDATIONS[validation],
    monitor: "val_accuracy",
    seed: 1,
    workers,
    verbose: 0,
  }) as Promise<SearchResult>;
}
