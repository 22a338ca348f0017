import { assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import { callbacks, layers, loadModel, sequential } from "../../mod.ts";
import { inFolder } from "../files/in_folder.ts";
import { hashWeights } from "./hash_weights.ts";
import { buildTwoHeads, COMPILED, makeTwoHeads, x, y } from "./two_heads.ts";

const QUIET = { verbose: 0 } as const;
const options = { epochs: 3, batchSize: 8, ...QUIET };

Deno.test("a file has everything of a model with several outputs, and training goes on from it to the bit", async () => {
  for (
    const compiled of [
      COMPILED,
      { ...COMPILED, loss: ["sparse_categorical_crossentropy", "mse"], lossWeights: [2, 0.5] } as const,
    ]
  ) {
    const whole = makeTwoHeads();
    whole.compile(compiled);
    await whole.fit(x, y, { ...options, epochs: 4 });
    const half = makeTwoHeads();
    half.compile(compiled);
    await half.fit(x, y, { ...options, epochs: 2 });
    const loaded = await loadModel<ReturnType<typeof half.predict>>(half.toBytes());
    assertEquals(loaded.predict(x), half.predict(x));
    assertEquals(loaded.evaluate(x, y), half.evaluate(x, y));
    assertEquals(loaded.toBytes(), half.toBytes());
    await loaded.fit(x, y, { ...options, initialEpoch: 2, epochs: 4 });
    assertEquals(hashWeights(loaded), hashWeights(whole));
    assertEquals(loaded.toBytes(), whole.toBytes());
  }
});

Deno.test("a loss weight of a stack is kept in its file", async () => {
  const stack = sequential([layers.dense({ units: 1, inputShape: [3] })], { seed: 1 });
  const hashes: string[] = [];
  for (const lossWeights of [undefined, 1, 4]) {
    const twin = await loadModel(stack.toBytes());
    twin.compile({ optimizer: "sgd", loss: "mse", lossWeights });
    const version = JSON.parse(new TextDecoder().decode(twin.toBytes()).match(/version\\":(\d)/)![1]);
    assertEquals(version, lossWeights === 4 ? 2 : 1, "the least version that can say it");
    const again = await loadModel(twin.toBytes());
    for (const each of [twin, again]) await each.fit(x.left, y.label, { epochs: 2, ...QUIET });
    assertEquals(hashWeights(again), hashWeights(twin));
    hashes.push(hashWeights(twin));
  }
  assertEquals(hashes[1], hashes[0]);
  assertNotEquals(hashes[2], hashes[0]);
});

Deno.test("backupAndRestore goes on within an epoch, with the sums of each output", async () => {
  await inFolder(async (folder) => {
    const whole = buildTwoHeads();
    const expected = await whole.fit(x, y, { ...options, validationSplit: 0.2 });
    const all = 3 * 5; // steps
    for (const stopAt of [1, 3, 7]) {
      const backup = () => callbacks.backupAndRestore({ path: `${folder}/backup-${stopAt}`, saveFreq: 1 });
      const abort = new AbortController();
      let [before, after] = [0, 0];
      const onFirst = () => void (++before === stopAt && abort.abort());
      const first = buildTwoHeads().fit(x, y, {
        ...options,
        validationSplit: 0.2,
        signal: abort.signal,
        callbacks: [backup(), { onTrainBatchEnd: onFirst }],
      });
      await assertRejects(() => first, DOMException, "aborted");
      const second = buildTwoHeads();
      const found = await second.fit(x, y, {
        ...options,
        validationSplit: 0.2,
        callbacks: [backup(), { onTrainBatchEnd: () => void after++ }],
      });
      assertEquals([before, after], [stopAt, all - stopAt], "steps before the abort and after it");
      assertEquals(found.history, expected.history, `after step ${stopAt}`);
      assertEquals(hashWeights(second), hashWeights(whole));
    }
  });
});
