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
  { command: ["xor.ts"], match: /4\/4/ },
  { command: ["xor.ts", "--runs=10", "--epochs=100"], match: /\d+ of 10|\d+\/10|\d+ ?%/ },
  { command: ["worked_example.ts"], match: /./ },
  {
    command: ["csv_classifier.ts", "examples/data/iris.csv", "--target=species", "--epochs=20"],
    permissions: ["--allow-read=examples"],
    match: /accuracy/i,
  },
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
