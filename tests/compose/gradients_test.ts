import { assert, assertEquals } from "@std/assert";
import { evaluateGraph } from "../../src/graph/evaluate_graph.ts";
import type { Symbolic } from "../../src/tensor/symbolic.ts";
import { cases, composeCase, describeCase, type PublicCase } from "./public_case.ts";

/** Truncation error is about H², rounding error 1e-16 / H. */
const H = 1e-5;

/** Not differentiable at the rounded numbers that their cases have. */
const STEPS = [
  "sign",
  "greater",
  "greaterEqual",
  "less",
  "lessEqual",
  "equal",
  "notEqual",
  "oneHot",
  "argmax",
  "argmin",
  "max",
  "min",
];

function check(one: PublicCase): void {
  const { leaves, loss, gradients, valueOf } = composeCase(one);
  const values = new Map(leaves.map((leaf) => [leaf, Float64Array.from(valueOf(leaf))]));
  const read = (leaf: Symbolic): Float64Array => values.get(leaf)!;
  gradients.forEach((gradient, i) => {
    const x = read(leaves[i]);
    const found = gradient === null ? x.map(() => 0) : evaluateGraph([gradient], read)[0];
    for (let k = 0; k < x.length; k += Math.max(1, x.length >> 3)) {
      const at = x[k];
      // A condition is 0 or not, and an index an integer: moved, they would be none.
      if (one.op === "where" && i === 0 || one.op === "take" && i === 1) continue;
      x[k] = at + H;
      const [[above]] = evaluateGraph([loss], read);
      x[k] = at - H;
      const [[below]] = evaluateGraph([loss], read);
      x[k] = at;
      const want = (above - below) / (2 * H);
      const scale = 1 + Math.abs(want) + Math.abs(above);
      const what = `${describeCase(one)} by ${i} [${k}]`;
      assert(Math.abs(found[k] - want) <= 1e-7 * scale, `${what}: ${found[k]}, by differences ${want}`);
    }
  });
}

Deno.test("the gradients of the public ops agree with central differences", () => {
  const checked = new Map<string, number>();
  for (const one of cases) {
    const times = checked.get(one.op) ?? 0;
    // Twenty configurations each: the others are held against PyTorch.
    if (STEPS.includes(one.op) || times >= 20) continue;
    checked.set(one.op, times + 1);
    // Where both are equal there is a kink.
    if ((one.op === "maximum" || one.op === "minimum") && hasTies(one)) continue;
    check(one);
  }
  assert(checked.size > 45, `${checked.size}`);
});

function hasTies({ tensors }: PublicCase): boolean {
  return tensors.length > 1 && tensors[0].data.some((a) => tensors[1].data.includes(a));
}

Deno.test("steps have no gradient", () => {
  const steps = cases.filter(({ op }) => STEPS.slice(0, -2).includes(op));
  for (const one of steps) assertEquals(composeCase(one).gradients.every((gradient) => gradient === null), true);
});
