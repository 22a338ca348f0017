import { assertEquals } from "@std/assert";
import { search } from "../../mod.ts";
import { moonModel, twoMoons } from "./two_moons.ts";

// deno-lint-ignore no-explicit-any
type Any = any;
const { x, y } = twoMoons(60);

/** The options of a small search, all of their objects its own. */
function options(): Any {
  return {
    space: { hidden: [2, 3, 4], learningRate: [0.01, 0.05] },
    forbidden: [{ hidden: [2, 3], learningRate: 0.05 }],
    build: ({ hidden, learningRate }: Any) => moonModel({ hidden, learningRate }),
    sampler: "grid",
    x,
    y,
    sampleWeight: y.map(() => 1),
    classWeight: { 0: 1, 1: 2 },
    epochs: 2,
    batchSize: 16,
    validation: { folds: 2, shuffle: true },
    seed: 3,
    workers: 1,
    verbose: 0,
  };
}

Deno.test("the options of a search may change while it runs", async () => {
  const expected = await search(options());
  const given = options();
  const running = search(given);
  given.space.hidden.push(100);
  given.forbidden[0].hidden.length = 0;
  given.classWeight[1] = NaN;
  given.validation.folds = 7;
  given.build = () => null;
  for (const name of ["x", "y", "sampleWeight", "epochs", "batchSize", "seed"]) given[name] = null;
  const found = await running;
  assertEquals(
    found.trials.map(({ params, score }) => [params, score]),
    expected.trials.map((t) => [t.params, t.score]),
  );
  assertEquals(found.trials.length, 4);
  assertEquals(found.best.model.getWeights(), expected.best.model.getWeights());
});
