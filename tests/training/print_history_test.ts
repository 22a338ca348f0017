import { assert, assertEquals } from "@std/assert";
import { History } from "../../src/training/history.ts";

const params = { epochs: 200, steps: 1, verbose: 0 } as const;

function make(): History {
  const history = new History(params);
  for (let epoch = 0; epoch < 200; epoch++) {
    history.add(epoch, {
      loss: 1 / (epoch + 1),
      auc: [NaN, 0.25, 0.75][epoch % 3],
      f1: [0.5, epoch],
      ...(epoch % 10 === 9 ? { val_loss: epoch } : {}),
      ["__proto__"]: 1,
    });
  }
  return history;
}

Deno.test("a history is printed as a small table: first, last, lowest, highest", () => {
  const text = [
    "History of 200 epochs",
    "                        first                 last              lowest            highest",
    "  loss                 1.0000               0.0050  0.0050 (epoch 200)   1.0000 (epoch 1)",
    "  auc                     NaN               0.2500    0.2500 (epoch 2)   0.7500 (epoch 3)",
    "  f1         [0.5000, 0.0000]   [0.5000, 199.0000]",
    "  __proto__            1.0000               1.0000    1.0000 (epoch 1)   1.0000 (epoch 1)",
    "  val_loss             9.0000             199.0000              9.0000           199.0000",
  ];
  const shown = Deno.inspect(make());
  assertEquals(
    shown.split("\n").map((line) => line.replaceAll(/ +/g, " ")),
    text.map((line) => line.replaceAll(/ +/g, " ")),
  );
  assertEquals(String(make()), shown);
  assert(
    new Set(shown.split("\n").slice(1, 4).map((line) => line.length)).size === 1,
    "columns stand below each other",
  );
});

Deno.test("an empty history, and one of a single epoch", () => {
  const history = new History(params);
  assertEquals(String(history), "History of 0 epochs");
  history.add(4, { loss: 0.5 });
  assertEquals(String(history).split("\n")[0], "History of 1 epoch");
  assert(String(history).includes("0.5000 (epoch 5)"));
});

Deno.test("what a program reads of a history is as it was", () => {
  const history = new History(params);
  history.add(0, { loss: 0.5 });
  assertEquals(JSON.parse(JSON.stringify(history)), { epoch: [0], history: { loss: [0.5] }, params });
  assertEquals(Object.keys(history), ["epoch", "history", "params"]);
});

Deno.test("a history of many epochs goes on, and is printed", () => {
  const history = new History(params);
  const epochs = Array.from({ length: 300_000 }, (_, i) => i);
  history.restore(epochs, [["loss", epochs]]);
  assertEquals([history.epoch.length, history.history.loss.length], [300_000, 300_000]);
  assert(String(history).includes("299999.0000 (epoch 300000)"));
});
