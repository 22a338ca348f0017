import type { Stage } from "./run_stage.ts";

/** One run of an example with short settings. */
interface ExampleRun {
  /** File in examples/ and its flags. */
  command: readonly string[];
  /** The permissions it needs, none by default. */
  permissions?: readonly string[];
  /** What it must print. */
  match: RegExp;
}

/** Every file in examples/ needs at least one run here. */
const RUNS: readonly ExampleRun[] = [
  { command: ["xor.ts"], match: /4\/4 correct, loss 0\.\d+/ },
  { command: ["xor.ts", "--runs=10", "--epochs=100"], match: /\d+ of 10 seeds \(7 to 16\) reach 4\/4: \d+ %/ },
  { command: ["xor.ts", "--help"], match: /--hidden .*default 7/ },
  { command: ["xor_grid.ts", "--seeds=3"], match: /best: 100 % of 3 seeds/ },
  {
    command: ["xor_grid.ts", "--seeds=1", "--page=/tmp/xor_grid.html"],
    permissions: ["--allow-write=/tmp"],
    match: /wrote \/tmp\/xor_grid.html/,
  },
  { command: ["xor_grid.ts", "--help"], match: /--seeds/ },
  { command: ["worked_example.ts"], match: /0\.00159 − 0\.00049 = 0\.0011[^]*largest difference \d\.\de-([7-9]|\d\d)/ },
  { command: ["worked_example.ts", "--help"], match: /--quiet/ },
  {
    command: ["without_gradients.ts", "--seeds=3", "--quiet", "--page=/tmp/without_gradients.html"],
    permissions: ["--allow-read=examples/data/iris.csv", "--allow-write=/tmp"],
    match: /cmaEs +2560 [^]*wrote \/tmp\/without_gradients.html[^]*3 of 3 seeds solve XOR\nIris[^]*: 9\d\.\d %/,
  },
  { command: ["without_gradients.ts", "--help"], match: /--seeds/ },
  {
    command: ["csv_classifier.ts", "examples/data/iris.csv", "--target=species", "--epochs=50"],
    permissions: ["--allow-read=examples/data/iris.csv"],
    match: /mean held-out accuracy (9\d\.\d|100\.0) % over 5 seeds/,
  },
  { command: ["csv_classifier.ts", "--help"], match: /--target/ },
  {
    command: ["digits_cnn.ts"],
    permissions: ["--allow-read=examples/data"],
    match: /held-out accuracy (98\.[5-9]|99|100)/,
  },
  { command: ["digits_cnn.ts", "--help"], match: /--seeds/ },
  {
    command: ["depth_and_gradients.ts"],
    match: /sigmoid in 0 of 1 \| ReLU, He in 1 of 1 \| sigmoid, batch norm in 1 of 1 \| sigmoid, residual in 1 of 1/,
  },
  { command: ["depth_and_gradients.ts", "--help"], match: /--depth/ },
  { command: ["attention_reverse.ts"], match: /99 % of the letters or more in 1 of 1 seed/ },
  { command: ["attention_reverse.ts", "--help"], match: /--heads/ },
  {
    command: ["character_model.ts", "--steps=300", "--units=48", "--count=80"],
    permissions: ["--allow-read=examples/data"],
    match: /held-out text: (2\.\d+|3\.[0-3]\d*) bits a character \(by frequency alone 4\.367\)/,
  },
  { command: ["character_model.ts", "--help"], match: /--temperature/ },
  { command: ["sequence_lstm.ts"], match: /lstm, length 50: below 0\.01 in 1 of 1 seeds/ },
  { command: ["sequence_lstm.ts", "--help"], match: /--cell/ },
  {
    command: ["sentiment.ts"],
    permissions: ["--allow-read=examples/data"],
    match: /mean held-out accuracy over 1 seed: average of the words (7[89]|8)\d*\.\d %, LSTM (7[89]|8)\d*\.\d %/,
  },
  { command: ["sentiment.ts", "--help"], match: /--say/ },
  // Its data are no part of the project; tests/examples/fashion_cnn_test.ts runs it on data of its own.
  { command: ["fashion_cnn.ts", "--help"], match: /--limit/ },
];

/**
 * Makes a stage of every run of an example.
 *
 * @param files the names of the .ts files in examples/
 * @param runs what to run
 * @throws {Error} if an example has no run, or a run has no example
 */
export function listExampleStages(files: readonly string[], runs: readonly ExampleRun[] = RUNS): Stage[] {
  const listed = runs.map(({ command }) => command[0]);
  const withoutRun = files.filter((file) => !listed.includes(file));
  const withoutFile = listed.filter((file) => !files.includes(file));
  if (withoutRun.length > 0 || withoutFile.length > 0) {
    throw new Error(
      "Cannot run the examples: examples/*.ts and the list in tools/list_example_stages.ts must name the same files, got " +
        `not listed [${withoutRun.join(", ")}], not there [${withoutFile.join(", ")}]`,
    );
  }
  return runs.map(({ command: [file, ...flags], permissions = [], match }) => ({
    name: `example ${file}`,
    args: ["run", "--no-prompt", ...permissions, `examples/${file}`, ...flags],
    match,
  }));
}
