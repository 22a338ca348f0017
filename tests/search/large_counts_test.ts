import { assert, assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { gridSearch, layers, samplers, search, sequential, tensor, uniform } from "../../mod.ts";
import { runGridCommand } from "../../src/search/cli.ts";
import { readCsv } from "../../src/search/cli/read_csv.ts";
import { splitSamples } from "../../src/search/engine/split_samples.ts";
import { writeTable } from "../../src/search/report/write_table.ts";
import { makeTrial } from "./make_trial.ts";

/** More than a call may have arguments. */
const MANY = 300_000;

const build = () => {
  const model = sequential([layers.dense({ units: 1, inputShape: [1] })]);
  model.compile({ optimizer: "sgd", loss: "mse" });
  return model;
};
const small = { space: { a: [1] }, build, x: [[1], [2], [3], [4]], y: [1, 2, 3, 4], verbose: 0 } as const;

Deno.test("folds and splits of more samples than a call may have arguments: every sample is held out once", () => {
  const classes = { of: Uint32Array.from({ length: MANY }, (_, i) => i % 2), names: [0, 1] };
  for (const stratified of [false, true]) {
    const folds = splitSamples(MANY, stratified ? classes : null, { folds: 2, stratified }, 1);
    const counts = new Uint8Array(MANY);
    for (const { train, validation } of folds) {
      assertEquals(train.length + validation.length, MANY);
      for (const i of validation) counts[i]++;
    }
    assert(counts.every((count) => count === 1));
    const [{ train, validation }] = splitSamples(MANY, stratified ? classes : null, { split: 0.75, stratified }, 1);
    assertEquals([train.length, validation.length], [75_000, 225_000]);
    assertEquals(new Set([...train, ...validation]).size, MANY);
  }
});

Deno.test("folds are as they always were: the first n mod k have one sample more, in the order of the shuffle", () => {
  const folds = splitSamples(11, null, { folds: 4, shuffle: false }, 0);
  assertEquals(folds.map(({ validation }) => [...validation]), [[0, 1, 2], [3, 4, 5], [6, 7, 8], [9, 10]]);
});

Deno.test("k-fold search over 300,000 samples", async () => {
  const x = tensor(Float32Array.from({ length: MANY }, (_, i) => i / MANY), [MANY, 1]);
  const result = await gridSearch({
    ...small,
    x,
    y: tensor(x.data.slice(), [MANY, 1]),
    batchSize: 65_536,
    validation: { folds: 2 },
    workers: 1,
  });
  assertEquals(result.trials[0].runs.length, 2);
  assert(Number.isFinite(result.best.score));
});

Deno.test("tables and CSV files of any length", () => {
  const table = writeTable(Array.from({ length: MANY }, (_, id) => makeTrial(id)), {
    names: ["rate"],
    monitor: "val_loss",
  });
  assertEquals(table.split("\n").length, MANY + 1);
  const long = "x,\n".repeat(3_000_000);
  assertEquals(readCsv(`a,b\n"${long}""",1\n${"y".repeat(9_000_000)},2\n`).rows.map(([a]) => a.length), [
    9_000_001,
    9_000_000,
  ]);
});

Deno.test("counts that would take all memory are refused when the options are read", async () => {
  const cases: [object, string][] = [
    [{ validation: { folds: 3e7 } }, "validation.folds must be an integer from 2 to 10000, got 30000000"],
    [{ repeats: 1e5 }, "repeats must be an integer from 1 to 1000, got 100000"],
    [
      { repeats: 500, validation: { folds: 500 } },
      "validation.folds times repeats must be at most 10000, got 500 times 500",
    ],
    [{ retries: 1e9 }, "retries must be an integer from 0 to 1000"],
  ];
  for (const [options, text] of cases) {
    let built = 0;
    const counted = () => (built++, build());
    const error = await assertRejects(() => gridSearch({ ...small, build: counted, ...options }), RangeError, text);
    assertEquals([error.name, built], ["RangeError", 0]);
  }
  assertThrows(() => uniform(0, 1, { steps: 1e9 }), RangeError, "steps must be an integer from 2 to 1000000");
  assertThrows(() => samplers.tpe({ candidates: 1e9 }), RangeError, "candidates must be an integer from 1 to 10000");
  assertThrows(
    () => splitSamples(2 ** 20, null, { folds: 10_000 }, 0),
    RangeError,
    "validation.folds times the number of samples",
  );
});

Deno.test("a build that always fails may be tried again as often as is allowed", async () => {
  const fail = () => {
    throw new Error("no");
  };
  const { trials: [{ status, attempts }] } = await search({ ...small, build: fail, sampler: "grid", retries: 1000 });
  assertEquals([status, attempts], ["failed", 1001]);
});

Deno.test("a signal is heard while the models of many repetitions are made", async () => {
  const controller = new AbortController();
  let built = 0;
  const counted = () => {
    if (++built === 3) controller.abort(new Error("enough"));
    return build();
  };
  const options = { ...small, build: counted, repeats: 1000, workers: 1, signal: controller.signal } as const;
  await assertRejects(() => gridSearch(options), Error, "enough");
  assert(built < 100, `${built} models were made`);
});

Deno.test("the command refuses counts that make no sense", async () => {
  const cases = {
    "--layers": ["1000000", "--layers must be from 0 to 100, got 1000000"],
    "--hidden": ["0", "--hidden must be from 1 to 65536, got 0"],
    "--batch": ["0", "--batch must be from 1 to 1000000, got 0"],
    "--lr": ["0.001..0.03:log:1000000000", "--lr must have from 2 to 10000 steps, got 1000000000"],
    "--folds": ["30000000", "validation.folds must be an integer from 2 to 10000"],
  };
  for (const [flag, [value, text]] of Object.entries(cases)) {
    let error = "";
    const output = { print: () => {}, complain: (line: string) => void (error += line) };
    const args = ["--data", "examples/data/iris.csv", "--target", "species", flag, value];
    assertEquals(await runGridCommand(args, output), 1);
    assertStringIncludes(error, text);
  }
});
