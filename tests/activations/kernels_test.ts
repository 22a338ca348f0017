import { assert, assertEquals } from "@std/assert";
import type { ErrorBound } from "../../src/activations/activation_row.ts";
import { activationTable } from "../../src/activations/gen/table.ts";
import { evaluate } from "../../src/formula/evaluate.ts";
import { backwardFormula } from "../../src/formula/formula_row.ts";
import { runFormula } from "../formula/run_formula.ts";

/**
 * The options that the kernels are tried with, where not by their defaults; not all are float32 numbers, so that rounding them counts too.
 */
const SCALARS: Readonly<Record<string, number>> = {
  alpha: 0.75,
  negativeSlope: 0.2,
  threshold: 0.5,
  maxValue: 4,
  defaultValue: -2,
};
const LARGEST = 3.4028234663852886e38;

/** 40,000 float32 of all sizes, and 20,001 evenly from −12.5 to 12.5; an odd number, so that the last vector is not full. */
function points(): Float32Array {
  const patterns = Uint32Array.from({ length: 40000 }, (_, i) => i * 107374 + 1);
  const ofAllSizes = [...new Float32Array(patterns.buffer)].filter(Number.isFinite);
  const even = Array.from({ length: 20001 }, (_, i) => (i - 10000) / 800);
  const special = [0, -0, LARGEST, -LARGEST, 3e38, -3e38, 1e30, -1e30, 88.7, -88.7, 104, -104];
  const all = Float32Array.from([...ofAllSizes, ...even, ...special]);
  return all.length % 4 === 0 ? all.slice(1) : all;
}

/** One unit in the last place of a float32 of this size. */
function unitOf(size: number): number {
  return size < 2 ** -126 ? 2 ** -149 : 2 ** (Math.floor(Math.log2(Math.min(size, LARGEST))) - 23);
}

function boundOf({ ulp, of }: ErrorBound, want: number, x: number): number {
  const size = of === "one"
    ? Math.max(Math.abs(want), 1)
    : of === "argument"
    ? Math.max(Math.abs(want), Math.abs(x))
    : Math.abs(want);
  return ulp * unitOf(size);
}

const x = points();

for (const numerics of ["fast", "portable"] as const) {
  for (const { formulas, tolerance, create } of Object.values(activationTable)) {
    for (const row of formulas) {
      const valueOf = (name: string): number => SCALARS[name] ?? create().config[name] as number;
      Deno.test(`${row.id}: kernels are within the stated ulp of the float64 reference (${numerics})`, () => {
        const named = Object.fromEntries(row.forward.scalars.map((name) => [name, Math.fround(valueOf(name))]));
        const backward = backwardFormula(row, "x");
        const y = runFormula(row.forward, [x], row.forward.scalars.map((name) => named[name]), numerics);
        const vectors: Record<string, Float32Array> = { x, y, dy: new Float32Array(x.length).fill(1) };
        const dx = runFormula(
          backward,
          backward.vectors.map((name) => vectors[name]),
          backward.scalars.map((name) => named[name]),
          numerics,
        );
        x.forEach((at, i) => {
          const values: Record<string, number> = { ...named, x: at, dy: 1 };
          values.y = evaluate(row.forward.outputs.y, values);
          const slope = evaluate(backward.outputs.y, values);
          for (
            const [name, got, want, bound] of [["y", y[i], values.y, tolerance.forward], [
              "y'",
              dx[i],
              slope,
              tolerance.backward,
            ]] as const
          ) {
            const limit = boundOf(bound, want, at);
            // Equal to the rounded value covers Infinity; NaN fails.
            assert(
              got === Math.fround(want) || Math.abs(got - want) <= limit,
              `${name}(${at}) is ${got}, wanted ${want} ± ${limit}`,
            );
          }
        });
      });

      Deno.test(`${row.id}: the kernel keeps NaN (${numerics})`, () => {
        const scalars = row.forward.scalars.map(valueOf);
        assertEquals(
          [...runFormula(row.forward, [Float32Array.of(NaN, 1, NaN)], scalars, numerics)].map(Number.isNaN),
          [true, false, true],
        );
      });
    }
  }
}
