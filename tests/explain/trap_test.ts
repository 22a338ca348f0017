import { assert, assertAlmostEquals, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { initializers, layers, sequential } from "../../mod.ts";
import { trap, type TrapKind } from "../../src/explain/explain.ts";
import { createXor, xorX, xorY } from "./xor.ts";

Deno.test("trap names the lecture's 2-2-1 networks at rate 4.5 after 200 epochs, and says how it knows", async () => {
  // Seeds with what 5,000 epochs make of them: saddles are left, valleys are not.
  const wanted: Readonly<Record<number, TrapKind>> = {
    1: "solved",
    2: "valley",
    3: "valley",
    12: "valley",
    20: "valley",
    15: "saddle",
    18: "saddle",
    24: "saddle",
    31: "saddle",
    27: "saddle",
    47: "moving",
  };
  for (const [seed, kind] of Object.entries(wanted)) {
    const model = createXor(2, 4.5, Number(seed));
    await model.fit(xorX, xorY, { epochs: 200, batchSize: 4, verbose: 0 });
    const found = trap(model, xorX, xorY);
    assertEquals([seed, found.kind], [seed, kind]);
    assertAlmostEquals(found.baseline, Math.LN2, 1e-12);
    if (kind === "valley") {
      assertEquals([found.waysDown, found.level?.halves, found.right! < 1], [0, 2, true]);
      assertAlmostEquals(found.level!.loss, Math.LN2 / 2, 1e-12);
      assertEquals(found.saturatedShare, 0.5);
      assertStringIncludes(String(found), "2 of 4 answers are 0.5");
    } else if (kind === "saddle") {
      assert(found.waysDown! > 0 && found.lambdaMin < -1e-4);
      assertEquals(found.level?.halves ?? null, seed === "27" ? null : 4);
      assertStringIncludes(String(trap(model, xorX, xorY, { language: "es" })), "un punto de silla");
    }
    const json = JSON.parse(JSON.stringify(found));
    assertEquals([json.kind, json.version, json.trap], ["trap", 1, kind]);
    assertStringIncludes(found.toHTML(), "<li>");
  }
});

Deno.test("trap tells a plateau of dead units and a minimum of a regression from valleys", async () => {
  const dead = sequential([
    layers.dense({
      units: 4,
      activation: "relu",
      inputShape: [2],
      biasInitializer: initializers.constant({ value: -5 }),
    }),
    layers.dense({ units: 1, activation: "sigmoid" }),
  ], { seed: 1 });
  dead.compile({ optimizer: "sgd", loss: "binary_crossentropy" });
  assertEquals(trap(dead, xorX, xorY).kind, "plateau");
  const line = sequential([layers.dense({ units: 1, inputShape: [1] })], { seed: 1 });
  line.compile({ optimizer: "sgd", loss: "mse" });
  const [x, y] = [[[-1], [0], [1], [2]], [1, 0, 1, 3]];
  assertEquals(trap(line, x, y).kind, "moving");
  line.learningRate = 0.3;
  await line.fit(x, y, { epochs: 300, batchSize: 4, verbose: 0 });
  const found = trap(line, x, y);
  assertEquals([found.kind, found.right, found.level], ["minimum", null, null]);
  await line.fit(x, [1, 3, 5, 7], { epochs: 300, batchSize: 4, verbose: 0 });
  assertEquals(trap(line, x, [1, 3, 5, 7]).kind, "solved");
});

Deno.test("trap judges answers of several classes, of indices, and of several outputs", () => {
  const of = (loss: string, units: number, y: number[] | number[][]) => {
    const model = sequential([layers.dense({ units, activation: units > 1 ? "softmax" : "linear", inputShape: [2] })]);
    model.compile({ optimizer: "sgd", loss });
    model.setWeights([units > 1 ? [[8, 0, 0], [0, 8, 0]] : [[8], [0]], units > 1 ? [0, 0, 4] : [-4]]);
    return trap(model, [[1, 0], [0, 1], [0, 0]], y);
  };
  const index = of("sparse_categorical_crossentropy", 3, [0, 1, 2]);
  assertEquals([index.right, index.kind], [1, "solved"]);
  assertAlmostEquals(index.baseline, Math.log(3), 1e-12);
  const rows = of("categorical_crossentropy", 3, [[1, 0, 0], [0, 0, 1], [0, 0, 1]]);
  assertAlmostEquals(rows.right!, 2 / 3, 1e-12);
  assertEquals(of("hinge", 1, [1, -1, -1]).right, 1);
  assertEquals(of("hinge", 1, [1, 0, 1]).right, 2 / 3);
  // deno-lint-ignore no-explicit-any
  const wrong = (...args: any[]) => () => trap(...args as Parameters<typeof trap>);
  assertThrows(wrong({}, xorX, xorY), TypeError, "must be a model");
  assertThrows(wrong(createXor(2, 1, 1), xorX, xorY, { language: "fr" }), TypeError, '"en" or "es"');
});
