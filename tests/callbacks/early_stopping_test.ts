import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import * as callbacks from "../../src/callbacks/callbacks.ts";
import type { Logs } from "../../src/training/callback.ts";
import { FakeModel, logsOf, train } from "./fake_model.ts";

const { earlyStopping } = callbacks;

/** The number of epochs run. */
async function count(options: callbacks.EarlyStoppingOptions, values: number[], name = "val_loss"): Promise<number> {
  return (await train(new FakeModel(), [earlyStopping(options)], { logs: logsOf(name, values) })).length;
}

// The wanted values follow keras/src/callbacks/early_stopping.py step by step.
Deno.test("earlyStopping: patience counts epochs without improvement, and never stops after the first", async () => {
  assertEquals(await count({}, [3, 2, 1, 1, 1]), 4);
  assertEquals(await count({}, [3, 4, 1]), 2);
  assertEquals(await count({ patience: 2 }, [3, 2, 2, 2, 1, 1]), 4);
  assertEquals(await count({ patience: 3 }, [3, 2, 2, 2, 1, 1, 1, 1, 1]), 8);
  assertEquals(await count({ patience: 9 }, [1, 2, 3, 4]), 4);
  assertEquals(await count({ baseline: 1 }, [5, 4, 3]), 3); // each is better than the last: Keras stops only on none
});

Deno.test("earlyStopping: minDelta, whatever its sign", async () => {
  assertEquals(await count({ minDelta: 0.5 }, [3, 2.4, 2, 1]), 3);
  assertEquals(await count({ minDelta: -0.5 }, [3, 2.4, 2, 1]), 3);
  assertEquals(await count({ minDelta: 0.25, mode: "max" }, [1, 1.5, 1.75, 9]), 3); // exactly minDelta is no improvement
});

Deno.test("earlyStopping: the direction by name, with and without val_, aliases, either spelling; or by mode", async () => {
  for (
    const name of ["val_accuracy", "acc", "auc", "precision", "val_recall", "f1_score", "r2_score", "binaryAccuracy"]
  ) {
    assertEquals([name, await count({ monitor: name }, [1, 2, 3, 3], name)], [name, 4]);
    assertEquals([name, await count({ monitor: name }, [3, 2, 1], name)], [name, 2]);
  }
  for (const name of ["val_mse", "mean_absolute_error", "val_log_cosh", "hinge"]) {
    assertEquals([name, await count({ monitor: name }, [1, 2, 3], name)], [name, 2]);
  }
  assertEquals(await count({ monitor: "mine", mode: "max" }, [1, 2, 3, 3], "mine"), 4);
  assertEquals(await count({ mode: "max" }, [3, 2, 1]), 2);
});

Deno.test("earlyStopping: baseline", async () => {
  // Better than before, but not than the baseline: the wait goes on.
  assertEquals(await count({ baseline: 1, patience: 2 }, [5, 4, 4.5, 3]), 3);
  assertEquals(await count({ baseline: 3, patience: 2 }, [5, 2, 2.5, 2.5, 0]), 4);
});

Deno.test("earlyStopping: startFromEpoch", async () => {
  assertEquals(await count({ startFromEpoch: 3 }, [1, 2, 3, 4, 5, 6]), 5);
});

Deno.test("earlyStopping: restoreBestWeights takes back the best epoch, however training ends", async () => {
  const run = async (options: callbacks.EarlyStoppingOptions, values: number[]) => {
    const model = new FakeModel();
    const after: number[] = [];
    const spy = { onEpochEnd: () => void after.push(model.weight) };
    await train(model, [earlyStopping(options), spy], { logs: logsOf("val_loss", values) });
    return after.indexOf(model.weight);
  };
  assertEquals(await run({ patience: 2, restoreBestWeights: true }, [3, 1, 2, 2, 0]), 1);
  assertEquals(await run({ patience: 9, restoreBestWeights: true }, [3, 1, 2, 2]), 1);
  assertEquals(await run({ patience: 2 }, [3, 1, 2, 2, 0]), 3);
  // No epoch is better than the baseline: still the best of them.
  assertEquals(await run({ patience: 2, restoreBestWeights: true, baseline: 0.5 }, [3, 2, 4, 4]), 1);
});

Deno.test("earlyStopping begins anew with every fit", async () => {
  const model = new FakeModel();
  const stop = earlyStopping({ patience: 1 });
  assertEquals((await train(model, [stop], { logs: logsOf("val_loss", [1, 2, 3]) })).length, 2);
  assertEquals((await train(model, [stop], { logs: logsOf("val_loss", [9, 8, 9]) })).length, 3);
});

Deno.test("earlyStopping: epochs without validation are passed over", async () => {
  const logs: Logs[] = [{ loss: 1 }, { loss: 1, val_loss: 5 }, { loss: 1 }, { loss: 1, val_loss: 6 }, { loss: 1 }];
  assertEquals((await train(new FakeModel(), [earlyStopping()], { logs, validationFreq: 2 })).length, 4);
});

Deno.test("earlyStopping: what cannot be watched is an error at the end of the first epoch", async () => {
  const model = new FakeModel();
  const fail = async (monitor: string, logs: Logs): Promise<string> => {
    const run = () => train(model, [earlyStopping({ monitor })], { logs: [logs, logs] });
    const error = await assertRejects(run, Error);
    return `${error.name}: ${error.message}`;
  };
  assertEquals(
    await fail("val_loss", { loss: 1, accuracy: 1 }),
    'RangeError: Cannot monitor "val_loss" in earlyStopping: it must be one of the logs, which are loss, accuracy; ' +
      "names with val_ need validationData or validationSplit in fit",
  );
  assertEquals(
    await fail("val_acuracy", { loss: 1, val_loss: 1, val_accuracy: 1 }),
    'RangeError: Cannot monitor "val_acuracy" in earlyStopping: it must be one of the logs, which are loss, val_loss, val_accuracy; ' +
      'did you mean "val_accuracy"?',
  );
  assertEquals(
    await fail("recall", { loss: 1, recall: [0.5, 1] }),
    'TypeError: Cannot monitor "recall" in earlyStopping: it must be a number, got [0.5, 1]',
  );
  assertEquals(
    await fail("mine", { loss: 1, mine: 1 }),
    'RangeError: Cannot monitor "mine" in earlyStopping: mode must be "min" or "max" where the name is not that of a metric ' +
      'with a known direction, got "auto"',
  );
  assertEquals((await fail("constructor", { loss: 1 })).slice(0, 10), "RangeError");
});

Deno.test("earlyStopping: options", () => {
  const fail = (options: object, type: typeof RangeError | typeof TypeError, part: string) =>
    assertThrows(() => earlyStopping(options), type, part);
  fail({ patients: 3 }, TypeError, 'unknown option "patients"; did you mean "patience"?');
  fail({ restore_best_weights: true }, TypeError, "use restoreBestWeights");
  fail({ patience: -1 }, RangeError, "Cannot create earlyStopping callback: patience must be an integer >= 0, got -1");
  fail({ mode: "down" }, RangeError, 'mode must be one of "auto", "min", "max"');
  fail({ monitor: 3 }, TypeError, "monitor must be a string");
  fail({ baseline: "low" }, TypeError, "baseline");
  fail({ verbose: 3 }, RangeError, "verbose must be 0 or 1, got 3");
});

Deno.test("earlyStopping tells what it did when verbose is 1", async () => {
  const said: unknown[] = [];
  const { error } = console;
  console.error = (text: string) => said.push(text);
  try {
    const stop = earlyStopping({ verbose: 1, restoreBestWeights: true });
    await train(new FakeModel(), [stop], { logs: logsOf("val_loss", [1, 2, 3]) });
  } finally {
    console.error = error;
  }
  assertEquals(said, ["\nEpoch 2: early stopping", "\nRestoring the weights of the best epoch, 1"]);
});

Deno.test("earlyStopping: NaN is no improvement, neither as the first value nor later", async () => {
  // Epochs of index 1 to 3 get better and better after a NaN.
  assertEquals(await count({ monitor: "m", mode: "min", patience: 2 }, [NaN, 3, 2, 1], "m"), 4);
  assertEquals(await count({ monitor: "m", mode: "max", patience: 2 }, [NaN, 1, 2, 3], "m"), 4);
  assertEquals(await count({ monitor: "m", mode: "min", patience: 2 }, [1, NaN, NaN, 0.5], "m"), 3);
  assertEquals(await count({ monitor: "m", mode: "min", patience: 3 }, [NaN, NaN, NaN, NaN, NaN], "m"), 3);
  assertEquals(await count({ monitor: "m", mode: "min", patience: 2 }, [Infinity, 3, 2, 1], "m"), 4);
});
