import { type Engine, writeWeight } from "./engine.ts";
import { isArray, type Parameter } from "./operations.ts";
import type { EdgePlan } from "./plan.ts";

/** What an operation does: of the memory and an index for every address, and of numbers. */
type Action = (...args: (Float32Array | number)[]) => void;

/**
 * Runs a model in plain JavaScript, where there is no WebAssembly.
 *
 * Sums of products are rounded to float32 at each step, as a fused multiply-add does; the rest is float64, rounded when stored. So
 * results differ from the kernels' by what these may err: up to 3 ulp an elementwise function.
 */
export function createJavascriptEngine(plan: EdgePlan): Engine {
  const heap = new Float32Array(plan.elements);
  for (const weight of plan.weights) writeWeight(weight, heap, weight.at);
  const calls = plan.calls.map(({ operation: { opcode, parameters }, fixed, perRow }) => {
    const found = plan.runtime.actions[opcode - 1];
    const action = typeof found === "function" ? elementwise(found, parameters) : found[0] as Action;
    // The memory before every address; numbers are put in at each run.
    const args: (Float32Array | number)[] = [];
    const places = parameters.map((parameter) => args.push(...isArray(parameter) ? [heap, 0] : [0]) - 1);
    return (rows: number): void => {
      for (let i = 0; i < places.length; i++) {
        const value = fixed[i] + perRow[i] * rows;
        // Engines count with whole numbers where they see no others.
        args[places[i]] = value === (value | 0) ? value | 0 : value;
      }
      action(...args);
    };
  });
  return {
    name: "javascript",
    heap,
    base: 0,
    run(rows) {
      for (const call of calls) call(rows);
    },
  };
}

/** y = f(elements of the arrays…, scalars…) for n elements. */
function elementwise(f: (...values: number[]) => number, parameters: readonly Parameter[]): Action {
  const arrays = parameters.filter(isArray).length - 1;
  return (h, y, ...rest) => {
    const heap = h as Float32Array;
    const args = rest as number[]; // every other one of the first is the memory
    const n = args[args.length - 1];
    const values = args.slice(arrays, -1);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < arrays; j++) values[j] = heap[args[2 * j + 1] + i];
      heap[y as number + i] = f(...values);
    }
  };
}
