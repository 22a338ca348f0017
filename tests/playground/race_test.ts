import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { DEFAULT_CONFIGURATION, dense } from "../../tools/playground/configuration/default_configuration.ts";
import { runRace } from "../../tools/playground/engine/race/run_race.ts";
import { Session } from "../../tools/playground/engine/session.ts";
import type { Racer, Reply } from "../../tools/playground/protocol.ts";

const racer = (name: string, learningRate: number, options = {}): Racer => ({
  optimizer: { name, options },
  learningRate,
});

function race(optimizers: readonly Racer[], epochs = 40, size = 9) {
  const session = new Session({ ...DEFAULT_CONFIGURATION, layers: [dense(2, "sigmoid")], seed: 1 });
  const reply = runRace({ id: 1, kind: "race", optimizers, epochs, size }, { session, language: "en" });
  return { ...(reply as Reply & { readonly kind: "race" }), session };
}

Deno.test("playground: racers begin at the same place, and go as they would alone", () => {
  const racers = [racer("sgd", 4.5), racer("sgd", 1, { momentum: 0.9 }), racer("adam", 0.1), racer("cma_es", 1)];
  const { paths, surface, explained, session } = race(racers);
  assertEquals(paths.map((path) => path.racer), racers);
  for (const { places, losses, distances } of paths) {
    assertEquals([losses.length, distances.length], [places.length / 2, places.length / 2]);
    assertAlmostEquals(places[0], paths[0].places[0], 1e-4);
    assertEquals(losses[0], Math.fround(session.lossOf(session.train)));
  }
  for (let epoch = 0; epoch < 40; epoch++) session.step(); // sgd with 4.5, as the first one
  assertEquals(paths[0].losses.at(-1), Math.fround(session.lossOf(session.train)));
  const { grid, u, v } = surface!;
  assertEquals([grid.size, grid.values.length], [9, 81]);
  assert(grid.values.every(Number.isFinite));
  for (const { places } of paths) {
    places.forEach((value, i) => assert(value > (i % 2 === 0 ? u : v)[0] && value < (i % 2 === 0 ? u : v)[1]));
  }
  assert(explained![0] > 0.3 && explained![0] + explained![1] <= 1 + 1e-9);
});

Deno.test("playground: a racer that arrives or explodes leaves its way so far", () => {
  const linear = new Session({
    ...DEFAULT_CONFIGURATION,
    output: { activation: "linear" },
    loss: { name: "mean_squared_error", options: {} },
  });
  const request = {
    id: 1,
    kind: "race",
    optimizers: [racer("sgd", 1000), racer("sgd", 0.1)],
    epochs: 50,
    size: 5,
  } as const;
  const { paths, surface } = runRace(request, { session: linear, language: "en" }) as Reply & { readonly kind: "race" };
  assert(paths[0].failed !== null && paths[1].failed === null);
  assert([...paths[0].places, ...paths[1].losses].every(Number.isFinite) && surface !== null);
  const { paths: [arrived] } = race([racer("adam", 0.1)], 2000);
  assert(arrived.losses.length < 120 && arrived.losses.at(-1)! < 1e-3);
  assertThrows(() => race([]), RangeError, "1 to 8");
  assertThrows(() => race([racer("sgd", 0)]), RangeError, "moved");
  assertThrows(() => race([racer("sgd", 1)], 6000), RangeError, "epochs");
});
