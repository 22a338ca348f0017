import { assert, assertAlmostEquals } from "@std/assert";
import type { Constraint } from "../../src/constraints/constraint.ts";
import { maxNorm } from "../../src/constraints/max_norm.ts";
import { minMaxNorm } from "../../src/constraints/min_max_norm.ts";
import { unitNorm } from "../../src/constraints/unit_norm.ts";
import { sgd } from "../../src/optimizers/sgd.ts";
import { runOp } from "../ops/run_op.ts";
import { OptimizerMachine } from "./optimizer_machine.ts";

/** The largest float32. Squares of numbers from 1.85e19 on are no float32 any more. */
const MOST = 3.4028234663852886e38;
/** Deterministic numbers from −1 to 1, none near 0. */
const wave = (length: number): number[] =>
  Array.from({ length }, (_, i) => Math.sin(1 + 2 * i) + (i % 3 === 0 ? 0.1 : 0));

function normOf(values: readonly number[]): number {
  const most = values.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  return most * Math.sqrt(values.reduce((sum, v) => sum + (v / most) ** 2, 0));
}

const SCALES = [1e10, 1.9e19, 1e25, 1e32, MOST / 1.1];

Deno.test("gradients of any finite norm are clipped to the limit", () => {
  for (const numerics of ["fast", "portable"] as const) {
    for (const size of [1, 3, 5000, 12_345]) {
      for (const scale of SCALES) {
        const a = wave(size).map((v) => Math.fround(v * scale));
        const b = wave(7).map((v) => Math.fround(v * scale));
        for (const options of [{ clipnorm: 2 }, { globalClipnorm: 2 }]) {
          const variables = [{ name: "a", shape: [size] }, { name: "b", shape: [7] }];
          const machine = new OptimizerMachine(sgd({ learningRate: 1, ...options }), variables, { numerics });
          [0, 1].forEach((i) => machine.values(i).fill(0));
          machine.train(a, b);
          [a, b].forEach((gradient, i) => {
            const norm = normOf("clipnorm" in options ? gradient : [...a, ...b]);
            const found = machine.values(i);
            gradient.forEach((g, j) => {
              const want = -2 * (g / norm);
              // The factor 2 / norm is a float32 number: near the largest gradients it is subnormal, in units of 2^-149.
              const error = 4e-7 + 2 ** -150 * norm / 2;
              const text = `${scale} ${size} [${j}]: ${found[j]}, wanted ${want}`;
              assert(Math.abs(found[j] - want) <= error * Math.abs(want), text);
            });
          });
        }
      }
    }
  }
});

Deno.test("constraints keep weights of any finite norm", () => {
  const cases: [string, (axis: number | number[]) => Constraint, (norm: number) => number][] = [
    ["max_norm", (axis) => maxNorm({ maxValue: 3, axis }), () => 3],
    ["unit_norm", (axis) => unitNorm({ axis }), () => 1],
    ["min_max_norm", (axis) => minMaxNorm({ minValue: 0.5, maxValue: 4, rate: 1, axis }), () => 4],
    ["min_max_norm", (axis) => minMaxNorm({ maxValue: 4, rate: 0.5, axis }), (norm) => 2 + norm / 2],
  ];
  const [rows, columns] = [300, 21];
  for (const scale of [1e10, 1.9e19, 1e25, 1e32]) {
    const w = wave(rows * columns).map((v) => Math.fround(v * scale));
    for (const [name, create, desired] of cases) {
      for (const axis of [0, 1, [0, 1]]) {
        const machine = new OptimizerMachine(sgd({ learningRate: 1 }), [{ name: "w", shape: [rows, columns] }], {
          constraints: new Map([["w", create(axis)]]),
        });
        machine.values(0).set(w);
        machine.train(w.map(() => 0));
        const group = (i: number): number[] =>
          w.filter((_, k) =>
            axis === 0 ? k % columns === i % columns : axis === 1 ? (k / columns | 0) === (i / columns | 0) : true
          );
        for (const i of [0, 5, 20, 21, 4000, w.length - 1]) {
          const norm = normOf(group(i));
          const want = w[i] / norm * desired(norm);
          const found = machine.values(0)[i];
          assert(Math.abs(found - want) <= 2e-5 * Math.abs(want), `${name} ${axis} ${scale} [${i}]: ${found}, ${want}`);
        }
      }
    }
  }
});

Deno.test("a column of far weights leaves its neighbours to the bit", () => {
  const constraints = new Map([["w", maxNorm({ maxValue: 1 })]]);
  const project = (first: number): number[] => {
    const machine = new OptimizerMachine(sgd(), [{ name: "w", shape: [40, 6] }], { constraints });
    machine.values(0).set(wave(240).map((v, i) => i % 6 === 2 ? v * first : v));
    machine.train(new Float32Array(240));
    return [...machine.values(0)].filter((_, i) => i % 6 !== 2);
  };
  const near = project(1);
  project(1e25).forEach((v, i) => assert(v === near[i], `[${i}]: ${v}, ${near[i]}`));
});

Deno.test("NaN and Infinity in a weight are not hidden by a norm", () => {
  for (const bad of [NaN, Infinity]) {
    const machine = new OptimizerMachine(sgd(), [{ name: "w", shape: [3, 2] }], {
      constraints: new Map([["w", unitNorm()]]),
    });
    machine.values(0).set([bad, 3, 1, 4, 1, 0]);
    machine.train(new Float32Array(6));
    const w = machine.values(0);
    assert(Number.isNaN(w[0]), `${bad}: ${w}`);
    [0.6, 0.8, 0].forEach((v, i) => assertAlmostEquals(w[2 * i + 1], v, 1e-6));
  }
});

Deno.test("l2_normalize and its gradient are right for rows of any finite norm", () => {
  for (const numerics of ["fast", "portable"] as const) {
    for (const width of [1, 3, 8, 1030]) {
      for (const scale of SCALES) {
        const x = wave(2 * width).map((v) => Math.fround(v * scale));
        const y = runOp("l2_normalize", [{ shape: [2, width], data: Float32Array.from(x) }], {}, { numerics }).y;
        const norms = [0, 1].map((r) => normOf(x.slice(r * width, (r + 1) * width)));
        y.forEach((v, i) =>
          assertAlmostEquals(v, x[i] / norms[Math.floor(i / width)], 4e-7, `${scale} ${width} [${i}]`)
        );

        const dy = wave(2 * width).reverse();
        const inputs = [dy, x, [...y]].map((data) => ({ shape: [2, width], data: Float32Array.from(data) }));
        const dx = runOp("l2_normalize_backward", inputs, {}, { numerics }).y;
        dx.forEach((v, i) => {
          const r = Math.floor(i / width);
          const inner = dy.slice(r * width, (r + 1) * width).reduce((sum, d, j) => sum + d * y[r * width + j], 0);
          const want = dy[i] - y[i] * inner;
          // In units of 1 / norm; a result near the smallest float32 has fewer bits.
          assertAlmostEquals(
            v * norms[r],
            want,
            1e-5 * (1 + Math.abs(inner)) + norms[r] * 2 ** -149,
            `${scale} ${width} [${i}]`,
          );
        });
      }
    }
  }
});
