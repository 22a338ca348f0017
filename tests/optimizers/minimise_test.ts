import { assert, assertEquals } from "@std/assert";
import { polynomialDecay } from "../../src/schedules/polynomial_decay.ts";
import golden from "../golden/optimizers.json" with { type: "json" };
import { OptimizerMachine } from "./optimizer_machine.ts";
import { gradientOptimizers, resolveGradientOptimizer as resolveOptimizer } from "./gradient_optimizers.ts";

const STEPS = 20_000;

/** A rate that falls to 0 in a straight line, so that optimizers whose steps have one size come to rest. */
function falling(initialLearningRate: number) {
  return polynomialDecay({ initialLearningRate, decaySteps: STEPS, endLearningRate: 0 });
}

/** How each is set up; `isConstant`: the rate stays. */
const rates: Readonly<
  Record<string, { parabola: number; rosenbrock: number; options?: Record<string, number>; isConstant?: boolean }>
> = golden.rates;

function minimise(
  id: string,
  rate: number,
  start: readonly number[],
  gradient: (w: Float32Array) => number[],
): Float32Array {
  const { options, isConstant } = rates[id];
  const config = { learningRate: isConstant ? rate : falling(rate), ...options } as never;
  const machine = new OptimizerMachine(resolveOptimizer({ id, config }), [{ name: "w", shape: [start.length] }]);
  const w = machine.values(0);
  w.set(start);
  for (let i = 0; i < STEPS; i++) machine.train(gradient(machine.trainedAt(0)));
  return w;
}

for (const id of gradientOptimizers) {
  Deno.test(`optimizer ${id}: minimises a parabola`, () => {
    // f = ½ · (w₀ − 3)² + 2 · (w₁ + 1)² + 5 · (w₂ − ½)²
    const w = minimise(id, rates[id].parabola, [0, 0, 0], (w) => [w[0] - 3, 4 * (w[1] + 1), 10 * (w[2] - 0.5)]);
    [3, -1, 0.5].forEach((value, i) => assert(Math.abs(w[i] - value) < 1e-3, `w[${i}] = ${w[i]}, minimum ${value}`));
  });

  Deno.test(`optimizer ${id}: minimises Rosenbrock's function`, () => {
    // f = (1 − x)² + 100 · (y − x²)², from (−1.2, 1), where f = 24.2
    const gradient = ([x, y]: Float32Array) => [-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)];
    const [x, y] = minimise(id, rates[id].rosenbrock, [-1.2, 1], gradient);
    const f = (1 - x) ** 2 + 100 * (y - x * x) ** 2;
    assert(f < 1e-3, `f(${x}, ${y}) = ${f}`);
  });
}

for (const [id, rate] of [["lamb", 0.02], ["adafactor", 0.05], ["muon", 0.02]] as const) {
  Deno.test(`optimizer ${id}: finds a matrix`, () => {
    // f = ½ · ‖A · (W − T)‖², with an A whose squares are from 1 to 9.
    const [rows, columns] = [6, 4];
    const target = Array.from({ length: rows * columns }, (_, i) => Math.sin(1 + 3 * i));
    const config = { learningRate: falling(rate), weightDecay: 0 } as never;
    const machine = new OptimizerMachine(resolveOptimizer({ id, config }), [{ name: "w", shape: [rows, columns] }]);
    const w = machine.values(0);
    w.set(target.map((_, i) => Math.cos(5 * i)));
    for (let i = 0; i < STEPS; i++) {
      machine.train(target.map((t, k) => (1 + 8 * Math.floor(k / columns) / (rows - 1)) * (w[k] - t)));
    }
    target.forEach((t, k) => assert(Math.abs(w[k] - t) < 2e-3, `w[${k}] = ${w[k]}, minimum ${t}`));
  });
}

Deno.test("optimizers: every row minimises", () => {
  assertEquals(Object.keys(rates).sort(), [...gradientOptimizers].sort());
});
