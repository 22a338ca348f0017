import { assert, assertEquals } from "@std/assert";
import { ops } from "../../mod.ts";
import { evaluateGraph } from "../../src/graph/evaluate_graph.ts";
import type { Symbolic } from "../../src/tensor/symbolic.ts";
import { cases, composeCase, describeCase, type Numbers } from "./public_case.ts";
import { runGraph } from "./run_graph.ts";

function compare(what: string, found: ArrayLike<number>, want: readonly number[], tolerance: number): void {
  assertEquals(found.length, want.length, what);
  const scale = want.reduce((most, v) => Math.max(most, Math.abs(v)), 1);
  want.forEach((w, i) => assert(Math.abs(found[i] - w) <= tolerance * scale, `${what} [${i}]: ${found[i]}, not ${w}`));
}

/** How often each op occurs. */
const counts = new Map<string, number>();
for (const { op } of cases) counts.set(op, (counts.get(op) ?? 0) + 1);

Deno.test("every public op has golden values", () => {
  // The activations are measured in all configurations in tests/activations; here it is how they are called that counts.
  for (const name of Object.keys(ops)) assert((counts.get(name) ?? 0) >= 3, `${name}: ${counts.get(name)}`);
});

Deno.test("the public ops agree with PyTorch in float64, forward and backward", () => {
  for (const one of cases) {
    const what = describeCase(one);
    const { results, gradients, valueOf } = composeCase(one);
    assertEquals(results.map(({ shape }) => shape), one.y.map(({ shape }) => shape), what);
    const wanted: [string, Symbolic, Numbers][] = results.map((y, i) => [`result ${i}`, y, one.y[i]]);
    gradients.forEach((gradient, i) => {
      const dx = one.dx[i];
      if (dx === null) return assertEquals(gradient, null, `${what}: the gradient by tensor ${i}`);
      if (gradient === null) return compare(`no gradient by ${i} of ${what}`, dx.data.map(() => 0), dx.data, 0);
      wanted.push([`gradient by ${i}`, gradient, dx]);
    });
    const found = evaluateGraph(wanted.map(([, node]) => node), (leaf) => Float64Array.from(valueOf(leaf)));
    wanted.forEach(([name, { shape }, numbers], i) => {
      assertEquals(shape, numbers.shape, `${name} of ${what}`);
      compare(`${name} of ${what}`, found[i], numbers.data, 1e-12);
    });
  }
});

Deno.test("the kernels of the public ops agree with PyTorch to float32 accuracy, in the same bits for any number of shares", () => {
  for (const one of cases) {
    const what = describeCase(one);
    const { leaves, results, gradients, valueOf } = composeCase(one);
    const wanted: [Symbolic, Numbers][] = results.map((y, i) => [y, one.y[i]]);
    gradients.forEach((gradient, i) => {
      if (gradient !== null && one.dx[i] !== null) wanted.push([gradient, one.dx[i]!]);
    });
    const nodes = wanted.map(([node]) => node);
    const alone = runGraph(leaves, nodes, valueOf);
    // A chain of up to four kernels of at most 4 ulp each, and sums of up to 60 terms: 64 roundings of the largest number of the result.
    wanted.forEach(([, { data }], i) => compare(`result ${i} of ${what}`, alone[i], data, 64 * 2 ** -24));
    for (const ranks of [2, 3, 4, 7]) {
      assertEquals(runGraph(leaves, nodes, valueOf, ranks), alone, `${what}, ${ranks} ranks`);
    }
  }
});
