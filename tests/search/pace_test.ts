import { assert, assertEquals } from "@std/assert";
import { tensor } from "../../mod.ts";
import { Dataset } from "../../src/data/dataset.ts";
import { Pace } from "../../src/search/engine/pace.ts";
import { RunSession } from "../../src/search/engine/run_session.ts";
import { moonModel, twoMoons } from "./two_moons.ts";

Deno.test("the pace of a search: what ended tasks took, before that the steps of the calling thread, before that nothing", () => {
  const pace = new Pace();
  assertEquals(pace.secondsAnEpoch, 0);
  pace.guess = 0.5;
  assertEquals(pace.secondsAnEpoch, 0.5);
  pace.seconds = 0.01;
  pace.epochs = 100;
  assertEquals(pace.secondsAnEpoch, 0.5); // too little to go by
  pace.seconds = 4;
  assertEquals(pace.secondsAnEpoch, 0.04);
});

Deno.test("a run says which part of an epoch is done, step by step", () => {
  const { x, y } = twoMoons(70);
  const model = moonModel();
  const samples = new Dataset([tensor(x)], [tensor(y)], [null]);
  const session = new RunSession(model.trainer, {
    train: samples,
    validation: null,
    epochs: 2,
    batchSize: 32,
    shuffle: true,
    seed: 1,
  });
  const positions: number[] = [];
  for (let isOver = false; !isOver;) {
    let steps = 0;
    isOver = session.advance(2, () => steps++ === 1);
    positions.push(session.position);
    assert(positions.length < 10);
  }
  // Batches of 32, 32 and 6; an epoch ends when the next step is asked for, or with the last.
  assertEquals(positions, [32 / 70, 64 / 70, 1, 1 + 32 / 70, 1 + 64 / 70, 2]);
});
