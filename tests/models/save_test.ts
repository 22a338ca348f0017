import { assert, assertEquals, assertNotEquals, assertRejects, assertThrows } from "@std/assert";
import {
  FileFormatError,
  initializers,
  layers,
  loadModel,
  losses,
  metrics,
  optimizers,
  sequential,
} from "../../mod.ts";
import type { Sequential } from "../../mod.ts";
import { drawNumbers } from "./draw_numbers.ts";
import { hashWeights } from "./hash_weights.ts";
import { inFolder } from "../files/in_folder.ts";

type LayerOptions = layers.LayerOptions;

Deno.test("compile options come back; losses and metrics of one's own cannot be saved and are left out", async () => {
  const model = sequential([layers.dense({ units: 2, activation: "sigmoid", inputShape: [3] })]);
  model.compile({
    optimizer: optimizers.rmsprop({ rho: 0.8, centered: true, weightDecay: 0.01, clipvalue: 0.5 }),
    loss: losses.binaryFocalCrossentropy({ gamma: 3, labelSmoothing: 0.1 }),
    metrics: ["accuracy", metrics.auc({ numThresholds: 50, name: "area" })],
    weightedMetrics: [metrics.precision({ thresholds: 0.3 })],
  });
  const x = drawNumbers(6, 3, 1);
  const y = drawNumbers(6, 2, 2).map((row) => row.map((v) => v > 0 ? 1 : 0));
  const again = await loadModel(model.toBytes());
  assertEquals(again.evaluate(x, y), model.evaluate(x, y));
  assertEquals(
    Object.keys(again.evaluate(x, y)),
    ["loss", "binary_accuracy", "area", "precision"].map((n) =>
      n === "binary_accuracy" ? Object.keys(model.evaluate(x, y))[1] : n
    ),
  );
  assertEquals(again.trainOnBatch(x, y), model.trainOnBatch(x, y));
  assertEquals(again.toBytes(), model.toBytes());
});

/** A layer of a user's: y = x · s + x², with a learned s for each feature. */
class Bend extends layers.Layer {
  readonly power: number;
  constructor(options: LayerOptions & { power?: number } = {}) {
    super("bend", options, ["power"]);
    this.power = options.power ?? 1;
  }
  override get config() {
    return { ...this.commonConfig(), power: this.power };
  }
  protected override build(inputShape: readonly number[]): void {
    this.addWeight({
      name: "s",
      shape: [inputShape[inputShape.length - 1]],
      initializer: initializers.constant({ value: this.power }),
    });
  }
  override call(t: layers.Tracing, x: Parameters<layers.Layer["call"]>[1]) {
    const g = t.graph;
    const scaled = g.apply("scale_columns", [x, t.weight("s"), g.constant(0, t.weight("s").shape)]);
    return g.apply("map", [scaled, g.apply("map", [x], { formula: "square" })], { formula: "add" });
  }
}

Deno.test("a layer of a user's own predicts, trains, and comes back with customLayers", async () => {
  const build = (): Sequential => {
    const model = sequential([new Bend({ inputShape: [3], power: 0.5 }), layers.dense({ units: 1 })], { seed: 3 });
    model.compile({ optimizer: optimizers.sgd({ learningRate: 0.05 }), loss: "mse" });
    return model;
  };
  const model = build();
  assertEquals(model.weights.map((w) => w.name), ["bend/s", "dense/kernel", "dense/bias"]);
  model.setWeights({ "dense/kernel": [[1], [0], [0]] });
  assertEquals(model.predict([[3, 9, 9]]).toArray(), [[3 * 0.5 + 9]]);
  const x = drawNumbers(20, 3, 1);
  const y = x.map((row) => [row.reduce((sum, v) => sum + 2 * v + v * v, 0)]);
  const history = await model.fit(x, y, { epochs: 200, verbose: 0 });
  assert(history.history.loss.at(-1)! < 0.3 * history.history.loss[0], String(history.history.loss));
  assertNotEquals(model.weights[0].value.data[0], 0.5);
  const bytes = model.toBytes();
  await assertRejects(() => loadModel(bytes), FileFormatError, 'Unknown layer "bend"');
  const again = await loadModel(bytes, { customLayers: { bend: (config) => new Bend(config) } });
  assertEquals(again.predict(x), model.predict(x));
  assertEquals((again.layers[0] as Bend).power, 0.5);
  for (const m of [model, again]) await m.fit(x, y, { epochs: 2, verbose: 0 });
  assertEquals(hashWeights(again), hashWeights(model));
});

Deno.test("save and loadModel: by path, by URL, by bytes, by a part of a larger buffer", async () => {
  const model = sequential([layers.dense({ units: 2, inputShape: [3] })], { seed: 1 });
  await inFolder(async (folder) => {
    await model.save(`${folder}/m.safetensors`);
    await model.save(new URL(`file://${folder}/n.safetensors`));
    const bytes = model.toBytes();
    assertEquals(await Deno.readFile(`${folder}/m.safetensors`), bytes);
    for (let shift = 0; shift < 5; shift++) {
      const larger = new Uint8Array(bytes.length + 9);
      larger.set(bytes, shift);
      const again = await loadModel(larger.subarray(shift, shift + bytes.length));
      larger.fill(255);
      assertEquals(hashWeights(again), hashWeights(model), "the weights are copies");
    }
    for (const source of [`${folder}/m.safetensors`, new URL(`file://${folder}/n.safetensors`), bytes]) {
      assertEquals(hashWeights(await loadModel(source)), hashWeights(model));
    }
  });
});

Deno.test("saving where it cannot be: an error that names the path, and the old file stays", async () => {
  const model = sequential([layers.dense({ units: 2, inputShape: [3] })], { seed: 1 });
  await inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/taken`);
    await Deno.writeTextFile(`${folder}/taken/inside`, "old");
    const cases: [string, string][] = [
      [`${folder}/taken`, "it is a directory"],
      [`${folder}/missing/m`, "there is no such file or folder"],
      [`${folder}/taken/inside/m`, "a part of the path is not a folder"],
    ];
    for (const [path, message] of cases) {
      const error = await assertRejects(() => model.save(path), Error, message);
      assert(error.message.startsWith(`Cannot write file "${path}": `), error.message);
    }
    assertEquals(await Deno.readTextFile(`${folder}/taken/inside`), "old");
    assertEquals([...Deno.readDirSync(folder)].map((e) => e.name), ["taken"]);

    await Deno.writeTextFile(`${folder}/kept`, "old");
    await Deno.chmod(folder, 0o555);
    try {
      if (isReadOnly(folder)) await assertRejects(() => model.save(`${folder}/kept`), Error, "there is no permission");
      else await model.save(`${folder}/kept`); // the superuser may write everywhere
    } finally {
      await Deno.chmod(folder, 0o755);
    }
    assert((await Deno.readTextFile(`${folder}/kept`)).length > 0);
  });
  await assertRejects(() => model.save(""), TypeError, "path must be a non-empty string");
  // A device must not be replaced by a file of its name. Without leave to look at it, Deno refuses before that.
  await assertRejects(() => model.save("/dev/full"), Error, 'Cannot write file "/dev/full"');
  assertThrows(() => sequential([layers.dense({ units: 1 })]).toBytes(), Error, "it is not built");
});

function isReadOnly(folder: string): boolean {
  try {
    Deno.writeTextFileSync(`${folder}/probe`, "");
    Deno.removeSync(`${folder}/probe`);
    return false;
  } catch {
    return true;
  }
}

Deno.test("a save that is repeated while others read gives whole files only", async () => {
  const model = sequential([layers.dense({ units: 300, inputShape: [300] })], { seed: 1 });
  await inFolder(async (folder) => {
    const path = `${folder}/m`;
    await model.save(path);
    const writing = (async () => {
      for (let i = 0; i < 10; i++) await model.save(path);
    })();
    for (let i = 0; i < 10; i++) assertEquals(hashWeights(await loadModel(path)).length, 16);
    await writing;
    assertEquals([...Deno.readDirSync(folder)].length, 1);
  });
});
