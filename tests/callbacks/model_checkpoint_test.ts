import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import * as callbacks from "../../src/callbacks/callbacks.ts";
import { fillTemplate } from "../../src/callbacks/fill_template.ts";
import type { Logs } from "../../src/training/callback.ts";
import { inFolder } from "../files/in_folder.ts";
import { FakeModel, logsOf, train, type TrainOptions } from "./fake_model.ts";
import { saveCheckpoints } from "./save_checkpoints.ts";

const { modelCheckpoint } = callbacks;

/** The files that were saved by one run. */
const saved = (options: callbacks.ModelCheckpointOptions, run: TrainOptions) => saveCheckpoints(options, [run]);

// The wanted texts were made with Python's str.format.
Deno.test("fillTemplate formats as Python does", () => {
  const values = { epoch: 3, val_loss: 0.0123456789, big: 1234567.891, low: -2.5, tiny: 1.5e-7, one: 1 };
  const cases: Record<string, string> = {
    "w-{epoch}.st": "w-3.st",
    "{epoch:02d}-{val_loss:.4f}": "03-0.0123",
    "{epoch:4d}|{low:07.2f}|{low:8.1f}": "   3|-002.50|    -2.5",
    "{{{epoch}}}": "{3}",
    "{tiny:e} {tiny:.2e} {one:.1%}": "1.500000e-07 1.50e-07 100.0%",
    "{val_loss:g} {big:g} {tiny:g} {val_loss:.2g} {one:g} {big:.9g}":
      "0.0123457 1.23457e+06 1.5e-07 0.012 1 1234567.89",
    "{val_loss:.3}": "0.0123",
    "{val_loss:f}": "0.012346",
    "{val_loss}": "0.0123456789",
  };
  for (const [template, text] of Object.entries(cases)) assertEquals(fillTemplate(template, values), text);
});

Deno.test("fillTemplate: errors", () => {
  const fail = (template: string, type: typeof TypeError | typeof RangeError, part: string) =>
    assertThrows(() => fillTemplate(template, { epoch: 1, loss: 0.5, recall: [1, 0] }), type, part);
  fail(
    "{epoc}",
    RangeError,
    'Cannot fill in the path "{epoc}": a field must be one of epoch, loss, recall, got "epoc"',
  );
  fail("{constructor}", RangeError, "a field must be one of");
  fail("{epoch", RangeError, "braces must come in pairs, got a single {");
  fail("epoch}", RangeError, "braces must come in pairs, got a single }");
  fail("{loss:d}", TypeError, "format d needs a whole number, got 0.5");
  fail("{loss:.4x}", RangeError, 'a format must be [0][width][.digits][d|f|e|g|%], got ".4x"');
  fail("{loss:.999f}", RangeError, "a format must be");
  fail("{recall}", TypeError, "recall must be a number to be in a path, got [1, 0]");
});

Deno.test("modelCheckpoint: every epoch, the first is 1", async () => {
  const logs = logsOf("val_loss", [0.5, 0.25]);
  const wanted = ["m-01-0.50.safetensors", "m-02-0.25.safetensors"];
  assertEquals(await saved({ path: "m-{epoch:02d}-{val_loss:.2f}.safetensors" }, { logs }), wanted);
  assertEquals(await saved({ filepath: "m-{epoch:02d}-{val_loss:.2f}.safetensors" }, { logs }), wanted);
});

Deno.test("modelCheckpoint: only the best, in either direction, above a threshold", async () => {
  const path = "{epoch}";
  assertEquals(await saved({ path, saveBestOnly: true }, { logs: logsOf("val_loss", [3, 4, 2, 2, 1]) }), [
    "1",
    "3",
    "5",
  ]);
  const auc = logsOf("val_auc", [0.6, 0.5, 0.7, 0.7, 0.9]);
  assertEquals(await saved({ path, saveBestOnly: true, monitor: "val_auc" }, { logs: auc }), ["1", "3", "5"]);
  const options = { path, saveBestOnly: true, monitor: "val_auc", initialValueThreshold: 0.65 };
  assertEquals(await saved(options, { logs: auc }), ["3", "5"]);
});

Deno.test("modelCheckpoint: NaN and the infinity of the wrong side are never the best", async () => {
  const options = { path: "{epoch}", saveBestOnly: true };
  assertEquals(await saved(options, { logs: logsOf("val_loss", [NaN, 3, NaN, 2, Infinity]) }), ["2", "4"]);
  assertEquals(await saved(options, { logs: logsOf("val_loss", [Infinity, 3, 4, 2]) }), ["2", "4"]);
  const max = { ...options, monitor: "val_auc" };
  assertEquals(await saved(max, { logs: logsOf("val_auc", [NaN, 0.5, 0.4, NaN, 0.6]) }), ["2", "5"]);
});

Deno.test("modelCheckpoint: the best is kept from fit to fit", async () => {
  const runs = [[3, 2], [2.5, 1]].map((values) => ({ logs: logsOf("val_loss", values) }));
  assertEquals(await saveCheckpoints({ path: "{epoch}", saveBestOnly: true }, runs), ["1", "2", "2"]);
});

Deno.test("modelCheckpoint: after every n batches, counted across epochs", async () => {
  const run = { logs: logsOf("val_loss", [1, 1, 1]), steps: 3 };
  assertEquals(await saved({ path: "{epoch}-{batch}", saveFreq: 2 }, run), ["1-2", "2-1", "2-3", "3-2"]);
  assertEquals(await saved({ path: "{epoch}-{batch}", saveFreq: 4 }, run), ["2-1", "3-2"]);
});

Deno.test("modelCheckpoint: epochs without validation save no best", async () => {
  const logs: Logs[] = [{ loss: 1 }, { loss: 1, val_loss: 2 }, { loss: 1 }, { loss: 1, val_loss: 1 }];
  assertEquals(await saved({ path: "{epoch}", saveBestOnly: true }, { logs, validationFreq: 2 }), ["2", "4"]);
});

Deno.test("modelCheckpoint: a URL may hold fields, and folders are made", async () => {
  await inFolder(async (folder) => {
    const path = new URL(`file://${folder}/run 1/{epoch:03d}/m.safetensors`);
    const model = new FakeModel();
    await train(model, [modelCheckpoint({ path })], { logs: logsOf("val_loss", [1]) });
    assertEquals(model.saved, [`file://${folder}/run%201/001/m.safetensors`]);
    assertEquals((await Deno.stat(`${folder}/run 1/001`)).isDirectory, true);
    await Deno.writeTextFile(`${folder}/file`, "");
    const inFile = modelCheckpoint({ path: `${folder}/file/m.safetensors` });
    await assertRejects(
      () => train(new FakeModel(), [inFile], { logs: [{ loss: 1 }] }),
      Error,
      "Cannot make the folder of",
    );
  });
});

Deno.test("modelCheckpoint: what fit refuses", async () => {
  const fail = (options: callbacks.ModelCheckpointOptions, part: string) =>
    assertRejects(() => saved(options, { logs: [{ loss: 1 }] }), RangeError, part);
  await fail({ path: "m", saveBestOnly: true }, 'Cannot monitor "val_loss" in modelCheckpoint');
  await fail({ path: "{val_loss}" }, 'a field must be one of loss, epoch, got "val_loss"');
});

Deno.test("modelCheckpoint: options", () => {
  const fail = (options: unknown, type: typeof TypeError | typeof RangeError, part: string) =>
    assertThrows(() => modelCheckpoint(options as callbacks.ModelCheckpointOptions), type, part);
  fail(undefined, TypeError, "path must be a non-empty string or a file: URL, got undefined");
  fail({ path: "" }, TypeError, 'got ""');
  fail({ path: new URL("https://example.org/m") }, TypeError, "got https://example.org/m");
  fail({ path: "m", filepath: "m" }, TypeError, "path and filepath exclude each other");
  fail({ path: "m", saveFreq: 0 }, RangeError, "saveFreq must be an integer >= 1, got 0");
  fail({ path: "m", saveFreq: "batch" }, RangeError, 'saveFreq must be "epoch" or a number of batches');
  fail({ path: "m", saveBestOnyl: true }, TypeError, 'did you mean "saveBestOnly"?');
  fail({ path: "m", saveBestOnly: true, saveFreq: 5 }, RangeError, "monitor must not begin with val_");
});
