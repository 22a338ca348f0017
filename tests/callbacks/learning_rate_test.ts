import { assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import * as callbacks from "../../src/callbacks/callbacks.ts";
import { exponentialDecay } from "../../src/schedules/exponential_decay.ts";
import type { Logs } from "../../src/training/callback.ts";
import { FakeModel, logsOf, train } from "./fake_model.ts";

const { learningRateScheduler, reduceLROnPlateau } = callbacks;

/** The learning rate during each epoch, as it stands in the logs, and after the last. */
async function rates(options: callbacks.ReduceLROnPlateauOptions, values: number[], name = "val_loss") {
  const model = new FakeModel();
  model.learningRate = 1;
  const seen: number[] = [];
  const spy = { onEpochEnd: (_: number, logs: Logs) => void seen.push(logs.learning_rate as number) };
  await train(model, [reduceLROnPlateau(options), spy], { logs: logsOf(name, values) });
  return [...seen, model.learningRate];
}

// The wanted values follow keras/src/callbacks/reduce_lr_on_plateau.py step by step.
Deno.test("reduceLROnPlateau: factor, patience", async () => {
  assertEquals(await rates({ factor: 0.5, patience: 2 }, [3, 2, 2, 2, 1, 1, 1]), [1, 1, 1, 1, 0.5, 0.5, 0.5, 0.25]);
  assertEquals(await rates({ factor: 0.5, patience: 0 }, [1, 1, 1]), [1, 1, 0.5, 0.25]);
  const standard = await rates({}, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
  assertEquals(standard.slice(0, 11), Array(11).fill(1));
  assertAlmostEquals(standard[11]!, 0.1, 1e-15);
});

Deno.test("reduceLROnPlateau: NaN is no improvement, neither as the first value nor later", async () => {
  assertEquals(await rates({ factor: 0.5, patience: 2 }, [NaN, 3, 2, 1]), [1, 1, 1, 1, 1]);
  assertEquals(await rates({ factor: 0.5, patience: 2 }, [1, NaN, NaN, 0.5]), [1, 1, 1, 0.5, 0.5]);
});

Deno.test("reduceLROnPlateau: minDelta is 1e-4, and the direction is known", async () => {
  assertEquals(await rates({ factor: 0.5, patience: 1 }, [1, 0.99995, 0.9]), [1, 1, 0.5, 0.5]);
  assertEquals(await rates({ factor: 0.5, patience: 1, minDelta: 0 }, [1, 0.99995, 0.9]), [1, 1, 1, 1]);
  const options = { factor: 0.5, patience: 1, monitor: "val_auc" };
  assertEquals(await rates(options, [0.5, 0.6, 0.6], "val_auc"), [1, 1, 1, 0.5]);
});

Deno.test("reduceLROnPlateau: cooldown epochs are not counted", async () => {
  const values = [1, 1, 1, 1, 1, 1, 1];
  assertEquals(await rates({ factor: 0.5, patience: 1, cooldown: 2 }, values), [
    1,
    1,
    0.5,
    0.5,
    0.25,
    0.25,
    0.125,
    0.125,
  ]);
});

Deno.test("reduceLROnPlateau: minLr is a floor", async () => {
  assertEquals(await rates({ factor: 0.5, patience: 1, minLr: 0.4 }, [1, 1, 1, 1, 1]), [1, 1, 0.5, 0.4, 0.4, 0.4]);
});

Deno.test("reduceLROnPlateau and learningRateScheduler refuse a schedule, before the first epoch", async () => {
  const model = new FakeModel();
  model.learningRate = exponentialDecay({ initialLearningRate: 1, decaySteps: 1, decayRate: 0.5 });
  for (const callback of [reduceLROnPlateau(), learningRateScheduler((_, rate) => rate)]) {
    const error = await assertRejects(() => train(model, [callback], { logs: logsOf("val_loss", [1]) }), TypeError);
    assertEquals(error.message.includes("learningRate must be a number, got the schedule exponential_decay"), true);
  }
  assertEquals(model.iteration, 0);
});

Deno.test("reduceLROnPlateau: options", () => {
  assertThrows(() => reduceLROnPlateau({ factor: 1 }), RangeError, "factor must be a number >= 0 and < 1, got 1");
  assertThrows(() => reduceLROnPlateau({ minLR: 0 } as object), TypeError, 'did you mean "minLr"?');
  assertThrows(() => reduceLROnPlateau({ cooldown: 0.5 }), RangeError, "cooldown must be an integer");
});

Deno.test("learningRateScheduler: sets the rate of every epoch and logs it", async () => {
  const model = new FakeModel();
  model.learningRate = 1;
  const seen: [number, number][] = [];
  const schedule = (epoch: number, rate: number) => {
    seen.push([epoch, rate]);
    return epoch < 2 ? rate : rate / 2;
  };
  const logged: unknown[] = [];
  const spy = { onEpochEnd: (_: number, logs: Logs) => void logged.push(logs.learning_rate) };
  await train(model, [learningRateScheduler({ schedule }), spy], { logs: logsOf("loss", [1, 1, 1, 1]) });
  assertEquals(seen, [[0, 1], [1, 1], [2, 1], [3, 0.5]]);
  assertEquals(logged, [1, 1, 0.5, 0.25]);
});

Deno.test("learningRateScheduler: what is no learning rate is an error that names the epoch", async () => {
  for (
    const [bad, type] of [[NaN, RangeError], [-1, RangeError], [undefined, TypeError], ["0.1", TypeError]] as const
  ) {
    const callback = learningRateScheduler((epoch) => epoch === 1 ? bad as number : 1);
    const error = await assertRejects(() => train(new FakeModel(), [callback], { logs: logsOf("loss", [1, 1]) }), type);
    assertEquals(
      error.message.startsWith("Cannot set the learning rate of epoch 2: what the schedule returns must be"),
      true,
    );
  }
  assertThrows(() => learningRateScheduler({} as never), TypeError, "schedule must be a function, got undefined");
  assertThrows(() => learningRateScheduler(undefined as never), TypeError, "schedule must be a function");
});
