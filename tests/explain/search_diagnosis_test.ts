import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { choice, layers, optimizers, search, sequential } from "../../mod.ts";
import { diagnose } from "../../src/explain/explain.ts";

const x = Array.from({ length: 60 }, (_, i) => [Math.sin(7 * i), Math.cos(i * i)]);
const y = x.map(([a, b]) => +(a > b));

function build({ rate }: { readonly rate: number }) {
  const model = sequential([
    layers.dense({ units: 8, activation: "tanh", inputShape: [2] }),
    layers.dense({ units: 1, activation: "sigmoid" }),
  ], { seed: 1 });
  model.compile({ optimizer: optimizers.sgd({ learningRate: rate, momentum: 0.9 }), loss: "binary_crossentropy" });
  return model;
}

const options = {
  space: { rate: choice([1e-6, 0.3, 300]) },
  sampler: "grid",
  x,
  y,
  build,
  epochs: 20,
  verbose: 0,
  workers: 1,
} as const;

Deno.test("a search says why trials did not learn, in table, CSV and report", async () => {
  const result = await search({ ...options, diagnose });
  const whys = Object.fromEntries(result.trials.map(({ params: { rate }, why }) => [rate, why?.split(":")[0]]));
  assertEquals(whys, { 1e-6: "rate_too_small", 0.3: undefined, 300: "rate_too_large" });
  assertStringIncludes(result.table({ columns: 200 }), "rate_too_large: ");
  assertStringIncludes(result.toCSV().split("\r\n")[0], ",reason,why,");
  assertStringIncludes(result.report(), '"why":"rate_too_small: ');
});

Deno.test("a search without diagnose says nothing, and one whose diagnose fails goes on", async () => {
  const silent = await search(options);
  assert(silent.trials.every(({ why }) => why === undefined));
  assert(!silent.toCSV().includes("why"));
  const failing = await search({
    ...options,
    diagnose: () => {
      throw new Error("no idea");
    },
  });
  assertEquals(failing.trials.map(({ why }) => why), Array(3).fill("not known: no idea"));
  await assertRejects(() => search({ ...options, diagnose: "yes" as never }), TypeError, "diagnose must be a function");
});
