/**
 * Lists the functions that scripts call from their start to the end of a first small fit, by running some: for `compile_eagerly.ts`. To be
 * run when they have changed much: `deno run -A tools/list_start_functions.ts`, which writes tools/start_functions.txt. A name that
 * is missing there costs some microseconds, and one too many some bytes.
 *
 * @module
 */
import { Session } from "node:inspector";

/** What coverage says of a script: what is read of it. */
interface ScriptCoverage {
  readonly url: string;
  readonly functions: readonly {
    readonly functionName: string;
    readonly ranges: readonly { readonly count: number }[];
  }[];
}

const session = new Session();
session.connect();
const post = (method: string, params: object = {}): Promise<{ result: readonly ScriptCoverage[] }> =>
  new Promise((resolve, reject) => {
    const done = (error: unknown, value: unknown) => error ? reject(error) : resolve(value as never);
    (session.post as (method: string, params: object, done: (error: unknown, value: unknown) => void) => void)(
      method,
      params,
      done,
    );
  });

await post("Profiler.enable");
await post("Profiler.startPreciseCoverage", { callCount: true, detailed: false });
const { layers, sequential } = await import("../mod.ts");

const x = [[0, 0], [0, 1], [1, 0], [1, 1]];
const xor = sequential([
  layers.dense({ units: 7, activation: "sigmoid", inputShape: [2] }),
  layers.dense({ units: 1, activation: "sigmoid" }),
], { seed: 7 });
xor.compile({ optimizer: "sgd", loss: "binary_crossentropy" });
xor.learningRate = 4.5;
await xor.fit(x, [[0], [1], [1], [0]], { epochs: 200, batchSize: 4, verbose: 0 });
xor.predict(x);

const classifier = sequential([
  layers.dense({ units: 8, activation: "relu", inputShape: [2] }),
  layers.dense({ units: 3, activation: "softmax" }),
], { seed: 1 });
classifier.compile({ optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"] });
const many = Array.from({ length: 60 }, (_, i) => [i / 60, i % 7]);
await classifier.fit(many, many.map((_, i) => i % 3), { epochs: 2, validationSplit: 0.2, verbose: 0 });
classifier.evaluate(many, many.map((_, i) => i % 3));
classifier.predict(many);

const { result } = await post("Profiler.takePreciseCoverage");
const sources = new URL("../src/", import.meta.url).href;
const names = result.filter(({ url }) => url.startsWith(sources)).flatMap(({ functions }) =>
  functions.filter(({ functionName, ranges }) => /^[\w$]+$/.test(functionName) && ranges[0].count > 0)
    .map(({ functionName }) => functionName)
);
const list = new URL("start_functions.txt", import.meta.url);
await Deno.writeTextFile(list, [...new Set(names)].sort().join("\n") + "\n");
