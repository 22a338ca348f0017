import { assert, assertEquals, assertRejects } from "@std/assert";
import { main, trainDeep } from "../../examples/depth_and_gradients.ts";
import { drawSpirals } from "../../examples/spirals/draw_spirals.ts";

Deno.test("depth: the gradient vanishes from layer to layer of sigmoids, and with no remedy", async () => {
  const options = { depth: 10, units: 16, epochs: 1, lr: 0.01 };
  for (let seed = 1; seed <= 3; seed++) {
    const { norms } = await trainDeep("plain", options, seed);
    assertEquals(norms.length, 10);
    norms.slice(1).forEach((norm, i) => assert(norm > 1.5 * norms[i], `sigmoid, seed ${seed}: ${norms}`));
    assert(norms[0] < 1e-5 * norms[9], `sigmoid, seed ${seed}: ${norms}`);
    for (const kind of ["relu", "normalized", "residual"] as const) {
      const { norms } = await trainDeep(kind, options, seed);
      assert(norms.every((norm) => norm > 1e-3), `${kind}, seed ${seed}: ${norms}`);
    }
  }
});

Deno.test("depth: a short run shows norms, losses and what was learnt", async () => {
  const lines: string[] = [];
  const accuracies = await main(["--epochs=60", "--depth=4", "--seeds=2"], (text) => lines.push(text));
  const text = lines.join("\n");
  if (accuracies === null) throw new Error("it gave no accuracies");
  assert(Object.values(accuracies).every((list) => list.length === 2), text);
  assert(accuracies.relu[0] > 0.8, text);
  assertEquals(text.match(/^ +[1-4] (?: \d\.\de[+-]\d +█+[▏▎▍▌▋▊▉]? *){4}$/gm)?.length, 4, text);
  assert(text.includes("loss over epochs") && text.includes("sigmoid, residual: "), text);
  assertEquals(text.match(/^seed [12]: held-out points told apart: sigmoid \d+\.\d % \|/gm)?.length, 2, text);
  assert(/^more than 95 %: sigmoid in \d of 2 \|/m.test(lines.at(-1)!), text);
  await assertRejects(() => main(["--layers=3"]), Error, "there is no flag --layers");
});

Deno.test("spirals: each arm has half of the points, on its curve", () => {
  const { x, y } = drawSpirals(400, 3);
  assertEquals(y.filter((arm) => arm === 1).length, 200);
  /** The distance of a point from an arm, of which 2,000 points are compared. */
  const measure = ([a, b]: number[], arm: number) =>
    Array.from({ length: 2000 }, (_, i) => {
      const radius = 0.05 + 0.95 * i / 1999;
      const angle = 2 * Math.PI * 1.75 * radius + Math.PI * arm;
      return Math.hypot(a - radius * Math.cos(angle), b - radius * Math.sin(angle));
    }).reduce((least, distance) => Math.min(least, distance));
  for (const [i, point] of x.entries()) {
    const [own, other] = [measure(point, y[i]), measure(point, 1 - y[i])];
    assert(own < 0.1 && own < other, `point ${i}, ${point}: ${own} from its arm, ${other} from the other`);
  }
  assertEquals(drawSpirals(400, 3), { x, y });
});
