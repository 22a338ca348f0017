// What a user's program does with the package, in every runtime: it trains, searches, saves and predicts at the edge.
import { compileModel, FileFormatError, gridSearch, layers, loadModel, sequential, Tensor } from "retroprop";
import { FileFormatError as EdgeError, load } from "retroprop/edge";
import { compareRates, diagnose, explain, watch } from "retroprop/explain";
import { readImage } from "retroprop/image";

const X = [[0, 0], [0, 1], [1, 0], [1, 1]];
const Y = [0, 1, 1, 0];

/** A PNG file of two pixels. */
const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAD0lEQVR4XmP438DAyMQMAAiLAYZlC27LAAAAAElFTkSuQmCC";

function build() {
  const model = sequential([
    layers.dense({ units: 7, activation: "sigmoid", inputShape: [2] }),
    layers.dense({ units: 1, activation: "sigmoid" }),
  ], { seed: 7, numerics: "portable" });
  model.compile({ optimizer: "adam", loss: "binary_crossentropy", metrics: ["accuracy"] });
  model.learningRate = 0.1;
  return model;
}

/** Numbers that are the same in every runtime, and facts that must hold. */
export async function usePackage() {
  const model = build();
  const seen = watch({ every: 25 });
  const history = await model.fit(X, Y, { epochs: 50, batchSize: 4, verbose: 0, workers: 2, callbacks: [seen] });
  const path = explain(model, X, Y).path("dense/kernel[0,0]").toString();
  const { findings } = diagnose(history, model, { x: X, y: Y });
  const rates = await compareRates(build, X, Y, [0.1], { epochs: 5, seeds: 1 });
  const again = await loadModel(model.toBytes());
  const edge = load(compileModel(model), { numerics: "portable" });
  const { trials } = await gridSearch({
    space: { units: [1, 2] },
    build,
    x: X,
    y: Y,
    epochs: 2,
    validation: { x: X, y: Y },
    seed: 1,
    verbose: 0,
  });
  const image = await readImage(Uint8Array.from(atob(PNG), (character) => character.charCodeAt(0)));
  let refused = "";
  try {
    layers.Dense;
  } catch (error) {
    refused = error.message;
  }
  return {
    predictions: [...again.predict(X).data],
    edge: edge.predict(X).length,
    scores: trials.map(({ score }) => score),
    refused,
    image: [...image.data],
    takesImages: image instanceof Tensor,
    path: path.split("\n")[0],
    seen: seen.epochs.map(({ epoch, layers }) => [epoch, layers.map(({ layer }) => layer)]),
    findings: findings.map(({ rule }) => rule),
    rates: `${rates}`.includes("rate"),
    isOneClass: FileFormatError === EdgeError,
  };
}
