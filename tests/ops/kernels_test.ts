import { assert, assertEquals } from "@std/assert";
import { evaluateGraph } from "../../src/graph/evaluate_graph.ts";
import { Graph } from "../../src/graph/graph.ts";
import type { Numerics } from "../../src/kernels/numerics.ts";
import { opNamed, ops } from "../../src/ops/table.ts";
import { applyOp } from "./apply_op.ts";
import { drawInputs } from "./draw_inputs.ts";
import type { OpSample } from "./op_sample.ts";
import { runOp } from "./run_op.ts";
import { samples } from "./samples.ts";

/** The unit roundoff of float32. */
const U = 2 ** -24;

/** Ops whose kernels have tests of their own, with the reason. */
const TESTED_ELSEWHERE: Readonly<Record<string, string>> = {
  input: "has no kernel",
  variable: "has no kernel",
  cell: "has no kernel",
  part: "has no kernel; the results of layer_norm and batch_norm are read through it",
  map: "tests/formula",
  matmul: "tests/kernel",
};

function reference(sample: OpSample, data: readonly Float64Array[]): Float64Array {
  const graph = new Graph();
  const leaves = sample.inputs.map(({ shape }, i) => graph.input(`x${i}`, shape));
  const node = applyOp(graph, sample.op, leaves, sample.attributes, sample.result);
  return evaluateGraph([node], (leaf) => data[leaves.indexOf(leaf)])[0];
}

function run(
  sample: OpSample,
  data: readonly Float64Array[],
  options: { ranks?: number; numerics?: Numerics; inPlace?: boolean } = {},
) {
  const inputs = sample.inputs.map(({ shape, draw }, i) => ({
    shape,
    data: draw === "step" ? Uint32Array.from(data[i]) : Float32Array.from(data[i]),
  }));
  return runOp(sample.op, inputs, sample.attributes, { ...options, result: sample.result });
}

function describe({ op, inputs, attributes }: OpSample): string {
  return `${op} ${JSON.stringify(inputs.map(({ shape }) => shape))} ${JSON.stringify(attributes)}`;
}

Deno.test("every op has a sample or a reason", () => {
  for (const name of Object.keys(ops)) {
    assert(name in TESTED_ELSEWHERE || samples.some(({ op }) => op === name), `no sample for ${name}`);
  }
});

for (const numerics of ["fast", "portable"] as const) {
  Deno.test(`kernels agree with the float64 reference (${numerics})`, () => {
    for (const sample of samples) {
      const data = drawInputs(sample);
      const want = reference(sample, data);
      const magnitude = sample.magnitude?.(data, want) ??
        reference(sample, data.map((v, i) => sample.inputs[i].draw === "step" ? v : v.map(Math.abs))).map(Math.abs);
      const { y, strayWrites } = run(sample, data, { numerics });
      assertEquals(strayWrites, [], `${describe(sample)} writes where it must not`);
      assertEquals(y.length, want.length);
      want.forEach((w, i) => {
        const bound = sample.k * U * magnitude[i];
        assert(Math.abs(y[i] - w) <= bound, `${describe(sample)} [${i}]: ${y[i]}, wanted ${w} ± ${bound}`);
      });
    }
  });
}

Deno.test("the bits do not depend on the number of shares", () => {
  for (const sample of samples) {
    const data = drawInputs(sample, 2);
    const alone = run(sample, data).y;
    for (const ranks of [2, 3, 7]) {
      assertEquals(run(sample, data, { ranks }).y, alone, `${describe(sample)} with ${ranks} ranks`);
    }
  }
});

Deno.test("the bits are the same where the output takes the first input's place", () => {
  for (const sample of samples) {
    if (opNamed(sample.op).inPlace !== true) continue;
    const data = drawInputs(sample, 4);
    assertEquals(run(sample, data, { inPlace: true }).y, run(sample, data).y, describe(sample));
  }
});
