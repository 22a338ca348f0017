import { assert, assertAlmostEquals } from "@std/assert";
import { evaluateFormula } from "../../src/formula/evaluate.ts";
import { lossFormulas } from "../../src/losses/formulas.ts";
import * as rowSums from "../../src/losses/gen/row_sums.ts";

Deno.test("the sum of a row is that of the formula's reference, for every formula of labels and predictions alone", () => {
  const T = Float32Array.from({ length: 12 }, (_, i) => [0, 1, 0.25, 3][i % 4]);
  const P = Float32Array.from({ length: 12 }, (_, i) => 0.05 + 0.07 * i);
  let count = 0;
  for (const { id, forward } of lossFormulas) {
    if (`${forward.vectors}` !== "t,p" || forward.scalars.length > 0) continue;
    count++;
    for (const [t, p, width, keep, plus] of [[0, 0, 12, 1, 0], [2, 5, 7, 1, 0], [4, 1, 3, 0.8, 0.1]]) {
      const labels = [...T.subarray(t, t + width)].map((v) => v * keep + plus);
      const { y } = evaluateFormula(forward, [labels, P.subarray(p, p + width)], []);
      const sum = (rowSums as Record<string, rowSums.RowSum>)[id];
      const found = keep === 1 ? sum(T, P, t, p, width) : sum(T, P, t, p, width, keep, plus);
      assertAlmostEquals(found, y.reduce((a, b) => a + b, 0), 1e-12, id);
    }
  }
  assert(count >= 10, `${count} formulas`);
});
