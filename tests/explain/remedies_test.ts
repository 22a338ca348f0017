import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { layers, optimizers, sequential } from "../../mod.ts";
import { diagnose, tryRemedies, watch } from "../../src/explain/explain.ts";
import { checkMarkup } from "../drawing/check_markup.ts";

const x = [[0, 0], [0, 1], [1, 0], [1, 1]];
const y = [0, 1, 1, 0];

async function train(learningRate: number, epochs: number, { activation = "sigmoid", kernel = "glorot_uniform" } = {}) {
  const model = sequential([
    layers.dense({
      units: 7,
      activation: activation as "sigmoid",
      kernelInitializer: kernel as "zeros",
      inputShape: [2],
      name: "hidden",
    }),
    layers.dense({ units: 1, activation: "sigmoid", kernelInitializer: kernel as "zeros" }),
  ], { seed: 3 });
  model.compile({ optimizer: optimizers.sgd({ learningRate }), loss: "binary_crossentropy" });
  const seen = watch({ every: 1 });
  const history = await model.fit(x, y, { epochs, verbose: 0, workers: 1, callbacks: [seen] });
  return { model, history, seen };
}

Deno.test("tryRemedies trains with each change, from the same seed, and shows what it did", async () => {
  const { model, history } = await train(25, 200);
  const before = [...model.toBytes()];
  const diagnosis = diagnose(history, model, { x, y });
  assertEquals(diagnosis.headline?.rule, "rate_too_large");
  const tried = await tryRemedies(diagnosis);
  assertEquals([...model.toBytes()], before);
  const [asItWas, first] = tried.tried;
  assertEquals([asItWas.change, asItWas.loss], [{}, history.history.loss.at(-1)]);
  // 2/λmax
  assertEquals(first.change, diagnosis.headline!.remedy.change);
  assert(first.isLearning && first.skill! > 0.9, String(tried));
  assert(tried.best!.skill! >= first.skill!);
  assert(tried.tried.some(({ change }) => change.optimizer?.learningRate === 2.5));
  const text = String(tried);
  assertStringIncludes(text, "What changes do in 200 epochs from the same seed:");
  assertStringIncludes(text, "as it was");
  checkMarkup(tried.toHTML());
  assertEquals(JSON.parse(JSON.stringify(tried)).tried.length, tried.tried.length);
});

Deno.test("tryRemedies changes layers, data and epochs, and says what cannot be tried", async () => {
  const { model, history } = await train(4, 60, { activation: "linear" });
  const diagnosis = diagnose(history, model, { x, y }, { language: "es" });
  const tried = await tryRemedies(diagnosis, {
    epochs: 150,
    changes: [
      { standardize: "x" },
      { standardize: "y", loss: "mean_squared_error" },
      { longer: 2, layers: { hidden: { wider: true, activation: "tanh" } } },
      { optimizer: { id: "adam", learningRate: 0.05 }, layers: { hidden: { activation: "tanh" } } },
      { optimizer: { id: "none" } },
    ],
  });
  const rowOf = (key: string) => tried.tried.find(({ change }) => JSON.stringify(change).includes(key))!;
  assert(tried.tried[1].isLearning, "tanh, as the finding proposes");
  assertEquals(tried.tried[0].rule, "linear_stack");
  assert(rowOf('"wider"').isLearning && rowOf('"adam"').isLearning, String(tried));
  assertEquals([rowOf('"x"').error, rowOf('"y"').error], [null, null]);
  assertStringIncludes(rowOf('"none"').error!, "none");
  assertStringIncludes(String(tried), "como estaba");
});

Deno.test("tryRemedies refuses what is no diagnosis", async () => {
  await assertRejects(() => tryRemedies({} as never), TypeError, "it must be what diagnose gives");
  const { model, history } = await train(4, 2);
  const diagnosis = diagnose(history, model, { x, y });
  await assertRejects(() => tryRemedies(diagnosis, { epochs: 0 }), RangeError, "epochs");
});

Deno.test("what watch has seen leads to the same findings as the history alone", async () => {
  for (
    const [rate, more, rule] of [[25, {}, "rate_too_large"], [0.1, {}, "rate_too_small"], [
      4,
      { kernel: "zeros" },
      "symmetric_units",
    ]] as const
  ) {
    const { model, history, seen } = await train(rate, 100, more);
    for (const progress of [history, seen]) {
      assertEquals(diagnose(progress, model, { x, y }).headline?.rule, rule, `${rate}`);
    }
    assertEquals(diagnose(seen, model, { x, y }).of.facts.startLoss, seen.start!.loss);
  }
});

Deno.test("diagnose says that it does not know the beginning of a model that had been trained before", async () => {
  const { model } = await train(25, 50);
  const history = await model.fit(x, y, { epochs: 50, verbose: 0, workers: 1 });
  const diagnosis = diagnose(history, model, { x, y });
  assertStringIncludes(String(diagnosis), "the model had been trained before this fit");
  assertEquals(diagnosis.of.facts.start, null);
});
