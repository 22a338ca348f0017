import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { conditional } from "../../src/search/space/conditional.ts";
import { growRegressionTree } from "../../src/search/report/grow_regression_tree.ts";
import { importance } from "../../src/search/report/importance.ts";
import type { Params } from "../../src/search/space/params.ts";
import { resolveSpace } from "../../src/search/space/resolve_space.ts";
import { grid } from "../../src/search/samplers/grid.ts";
import { random } from "../../src/search/samplers/random.ts";
import type { Sampler } from "../../src/search/samplers/sampler.ts";
import type { Space } from "../../src/search/space/space.ts";
import { uniform } from "../../src/search/space/uniform.ts";
import { proposeAll } from "./propose_all.ts";

type Numbers = Record<string, number>;

function measure(
  sampler: Sampler,
  space: Space,
  count: number,
  evaluate: (params: Numbers) => number | null,
): Numbers {
  const trials = proposeAll(sampler, space, count).map((params: Params) => {
    return { params, score: evaluate(params as Numbers) };
  });
  const found = importance(trials, resolveSpace(space));
  assertEquals(importance(trials, resolveSpace(space)), found);
  assertEquals(found.toSorted((a, b) => b.value - a.value), found);
  return Object.fromEntries(found.map(({ name, value }) => [name, value]));
}

Deno.test("of a complete grid the shares are exact: 3a + b on 4 × 4 has 9 : 1, a·b on ±1 has none", () => {
  const values = [1, 2, 3, 4];
  const sum = measure(grid(), { a: values, b: values, c: [0, 1] }, 32, ({ a, b }) => 3 * a + b);
  assertAlmostEquals(sum.a, 0.9, 1e-12);
  assertAlmostEquals(sum.b, 0.1, 1e-12);
  assertAlmostEquals(sum.c, 0, 1e-12);
  // x + y + 2xy on ±1: both main effects have variance 1, the interaction 4.
  const both = measure(grid(), { x: [-1, 1], y: [-1, 1] }, 4, ({ x, y }) => x + y + 2 * x * y);
  assertAlmostEquals(both.x, 1 / 6, 1e-12);
  assertAlmostEquals(both.y, 1 / 6, 1e-12);
});

Deno.test("random trials: near the closed forms", () => {
  const space = { a: uniform(0, 1), b: uniform(0, 1), c: uniform(0, 1) };
  const linear = measure(random(), space, 300, ({ a, b }) => 2 * a - b);
  assertAlmostEquals(linear.a, 0.8, 0.06);
  assertAlmostEquals(linear.b, 0.2, 0.06);
  assert(linear.c < 0.02);
  // Ishigami and Homma 1990, a = 7, b = 0.1: first-order shares 0.314, 0.442 and 0; a forest blurs them.
  const ishigami = measure(random(), space, 2000, ({ a, b, c }) => {
    const [x, y, z] = [a, b, c].map((u) => Math.PI * (2 * u - 1));
    return Math.sin(x) + 7 * Math.sin(y) ** 2 + 0.1 * z ** 4 * Math.sin(x);
  });
  assertAlmostEquals(ishigami.a, 0.314, 0.15);
  assertAlmostEquals(ishigami.b, 0.442, 0.15);
  assert(ishigami.c < 0.03);
});

Deno.test("trials without a score are ignored, one outlier is not all, conditional parameters count", () => {
  const space: Space = {
    kind: ["x", "y"],
    size: uniform(0, 1),
    extra: conditional(uniform(0, 1), { kind: "y" }),
  };
  let count = 0;
  const found = measure(random(), space, 200, ({ size }) => {
    count++;
    return count % 10 === 0 ? (count % 20 === 0 ? null : NaN) : count === 33 ? 1e9 : size;
  });
  assert(found.size > 0.9, `${found.size}`);
  assert(found.extra < 0.05 && found.kind < 0.05);
});

Deno.test("nothing to explain: equal scores, no trials, one trial", () => {
  const space = resolveSpace({ a: [1, 2], b: uniform(0, 1) });
  const zero = [{ name: "a", value: 0 }, { name: "b", value: 0 }];
  assertEquals(importance([], space), zero);
  assertEquals(importance([{ params: { a: 1, b: 0.5 }, score: 3 }], space), zero);
  const equal = [0.1, 0.2, 0.3].map((b) => ({ params: { a: 1, b }, score: 3 }));
  assertEquals(importance(equal, space), zero);
});

Deno.test("a regression tree cuts where targets differ, and its leaves fill the cube", () => {
  const columns = [Float64Array.of(0.1, 0.2, 0.6, 0.8), Float64Array.of(0.5, 0.9, 0.5, 0.9)];
  const leaves = growRegressionTree(columns, Float64Array.of(1, 1, 4, 6), Uint32Array.of(0, 1, 2, 3));
  const boxes = leaves.map(({ low, high, value }) => [[...low], [...high], value]);
  const edge = (0.2 + 0.6) / 2;
  assertEquals(boxes, [
    [[0, 0], [edge, 1], 1],
    [[edge, 0], [(0.6 + 0.8) / 2, 1], 4],
    [[(0.6 + 0.8) / 2, 0], [1, 1], 6],
  ]);
});
