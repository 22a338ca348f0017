import { assert, assertEquals } from "@std/assert";
import { layers, sequential } from "../../mod.ts";
import { withTeam } from "../../src/training/threads.ts";
import { drawNumbers } from "../models/draw_numbers.ts";

// Without binding the workers anew this fails within some 150 growths: a thread inside wasm traps on the memory that is new.
Deno.test("a memory may grow while a team serves it, whatever the workers are doing", async () => {
  const model = sequential([
    layers.dense({ units: 16, activation: "relu", inputShape: [16] }),
    layers.dense({ units: 16 }),
  ]);
  const x = drawNumbers(16, 16, 1);
  const expected = model.predict(x).data;
  const home = model.network.memory;
  const { program } = model.network.predictor(16, 3);
  const before = home.memory.buffer.byteLength;
  await withTeam(home, 3, () => {
    for (let i = 0; i < 400; i++) {
      // A larger arena puts the code of all programs at the end of the memory that has just grown.
      const loaded = home.load({ ...program, arenaElements: program.arenaElements + 16384 * (i + 1) });
      if (i % 5 === 1) { for (const until = performance.now() + (i % 50) / 50; performance.now() < until;); }
      loaded.input("x/0").set(x.flat());
      loaded.run();
      assertEquals(loaded.output("y/0"), expected);
      home.unload(loaded);
    }
    return Promise.resolve();
  });
  assert(home.memory.buffer.byteLength > before + 300 * 65536);
});
