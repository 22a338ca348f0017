/** Searches a small grid; the scores are the same in every runtime, for every number of workers. */
export function searchGrid({ gridSearch, layers, sequential }, workers) {
  return gridSearch({
    space: { units: [3, 5], activation: ["tanh", "relu"] },
    build({ units, activation }) {
      const tried = sequential([layers.dense({ units, activation, inputShape: [2] }), layers.dense({ units: 1 })], {
        seed: 1,
        numerics: "portable",
      });
      tried.compile({ optimizer: "adam", loss: "mean_squared_error" });
      return tried;
    },
    x: [[0, 0], [0, 1], [1, 0], [1, 1], [0, 0.5], [0.5, 1], [1, 0.5], [0.5, 0]],
    y: [0, 1, 1, 2, 0.5, 1.5, 1.5, 0.5],
    epochs: 5,
    batchSize: 4,
    validation: { split: 0.5 },
    monitor: "val_loss",
    seed: 1,
    workers,
  });
}
