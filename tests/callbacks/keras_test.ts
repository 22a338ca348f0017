import { assertEquals } from "@std/assert";
import * as callbacks from "../../src/callbacks/callbacks.ts";
import golden from "../golden/callbacks.json" with { type: "json" };
import { FakeModel, logsOf, train } from "./fake_model.ts";
import { saveCheckpoints } from "./save_checkpoints.ts";

const monitor = "val_x";

Deno.test("earlyStopping does what Keras does in 100 random runs", async () => {
  for (const { options, values, epochs, restored } of golden.earlyStopping) {
    const model = new FakeModel();
    const weights: number[] = [];
    const spy = { onEpochEnd: () => void weights.push(model.weight) };
    const stop = callbacks.earlyStopping({ ...options as object, monitor, restoreBestWeights: true });
    const run = await train(model, [stop, spy], { logs: logsOf(monitor, values) });
    const wanted = weights[restored ?? epochs - 1];
    assertEquals([options, values, run.length, model.weight], [options, values, epochs, wanted]);
  }
});

Deno.test("reduceLROnPlateau does what Keras does in 100 random runs", async () => {
  for (const { options, values, rates } of golden.reduceLROnPlateau) {
    const model = new FakeModel();
    model.learningRate = 1;
    const found: unknown[] = [];
    const spy = { onEpochEnd: () => void found.push(model.learningRate) };
    const reduce = callbacks.reduceLROnPlateau({ ...options as object, monitor });
    await train(model, [reduce, spy], { logs: logsOf(monitor, values) });
    assertEquals([options, values, found], [options, values, rates]);
  }
});

Deno.test("modelCheckpoint saves what Keras saves in 100 random runs", async () => {
  for (const { options, values, saved } of golden.modelCheckpoint) {
    const path = "{epoch:03d}-{val_x:.2f}.keras";
    const best = { ...options as object, monitor, path, saveBestOnly: true };
    const found = await saveCheckpoints(best, [{ logs: logsOf(monitor, values) }]);
    assertEquals([options, values, found], [options, values, saved]);
  }
});
