import { assertEquals, assertThrows } from "@std/assert";
import * as callbacks from "../../src/callbacks/callbacks.ts";
import { FakeModel, logsOf, train } from "./fake_model.ts";

Deno.test("the namespace has Keras's callbacks in camelCase", () => {
  assertEquals(Object.keys(callbacks).sort(), [
    "backupAndRestore",
    "csvLogger",
    "earlyStopping",
    "lambdaCallback",
    "learningRateScheduler",
    "modelCheckpoint",
    "reduceLROnPlateau",
    "terminateOnNaN",
  ]);
});

Deno.test("lambdaCallback calls its functions", async () => {
  const seen: string[] = [];
  const callback = callbacks.lambdaCallback({
    onTrainBegin: () => void seen.push("begin"),
    onEpochEnd: (epoch, logs) => void seen.push(`${epoch} ${logs.loss}`),
    onTrainEnd: () => void seen.push("end"),
  });
  await train(new FakeModel(), [callback], { logs: logsOf("loss", [4, 2]) });
  assertEquals(seen, ["begin", "0 4", "1 2", "end"]);
});

Deno.test("lambdaCallback refuses unknown names and what is no function", () => {
  assertThrows(() => callbacks.lambdaCallback({ onEpochend() {} } as never), TypeError, 'did you mean "onEpochEnd"?');
  assertThrows(() => callbacks.lambdaCallback({ on_epoch_end() {} } as never), TypeError, "use onEpochEnd");
  assertThrows(
    () => callbacks.lambdaCallback({ onEpochEnd: 3 } as never),
    TypeError,
    "onEpochEnd must be a function, got 3",
  );
});

Deno.test("terminateOnNaN changes nothing", async () => {
  const model = new FakeModel();
  const epochs = await train(model, [callbacks.terminateOnNaN()], { logs: logsOf("loss", [4, 2]) });
  assertEquals([epochs, model.stopTraining], [[0, 1], false]);
  assertThrows(() => callbacks.terminateOnNaN({ patience: 3 } as never), TypeError, 'unknown option "patience"');
});
