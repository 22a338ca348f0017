import { assert } from "@std/assert";
import { unitNorm } from "../../src/constraints/unit_norm.ts";
import { Graph } from "../../src/graph/graph.ts";
import { opNamed } from "../../src/ops/table.ts";
import { adagrad } from "../../src/optimizers/adagrad.ts";
import { adam } from "../../src/optimizers/adam.ts";
import { rmsprop } from "../../src/optimizers/rmsprop.ts";
import { sgd } from "../../src/optimizers/sgd.ts";
import { composeDraws } from "../../src/program/compose_draws.ts";
import { compileProgram } from "../../src/program/compile_program.ts";
import type { Program } from "../../src/program/program.ts";
import type { VariablePlace } from "../../src/program/variable_place.ts";
import { map } from "../../src/tensor/symbolic.ts";
import { compileUpdate } from "../../src/update/compile_update.ts";
import { readKernels } from "../../tools/read_kernels.ts";
import { applyOp } from "../ops/apply_op.ts";
import type { OpSample } from "../ops/op_sample.ts";
import { samples } from "../ops/samples.ts";
import { checkCalls } from "./check_calls.ts";

const kernels = new Map((await readKernels()).map((kernel) => [kernel.name, kernel]));

const locate = (): never => {
  throw new Error("no variables here");
};

/** A sample's program; in place, the op's first input is computed, and its memory is free. */
function compile({ op, inputs, attributes, result }: OpSample, ranks: number, inPlace: boolean): Program {
  const graph = new Graph();
  const leaves = inputs.map(({ shape }, i) => graph.input(`x${i}`, shape));
  const sources = [...leaves];
  if (inPlace) sources[0] = graph.apply("scale_by", [leaves[0], graph.constant(1)]);
  const node = applyOp(graph, op, sources, attributes, result);
  return compileProgram({ outputs: [{ name: "y", node }], inputs: leaves, locate, ranks });
}

/** Products of all forms, small and packed, and with a relu behind. */
function compileProduct(m: number, n: number, k: number, form: string, ranks: number): Program {
  const graph = new Graph({ batch: m });
  const a = graph.input("a", form === "transposeA" ? [k, m] : [m, k]);
  const b = graph.input("b", form === "transposeB" ? [n, k] : [k, n]);
  const attributes = form.startsWith("transpose") ? { [form]: true } : {};
  const bias = form === "bias" ? [graph.input("bias", [n])] : [];
  const product = graph.apply("matmul", [a, b, ...bias], attributes);
  const node = form === "relu" ? map(graph, "relu", [product]) : product;
  return compileProgram({ outputs: [{ name: "y", node }], locate, ranks });
}

/** Kernels that no op comes to, with the reason. */
const NO_OP: Readonly<Record<string, string>> = {
  copy_forward: "what outputs and updates are copied with",
  sum_squares_blocks: "of clipping, tested below",
  clip_factor_forward: "of clipping, tested below",
  gather_rows: "of a batch, which the trainer gathers",
  sgd_step_touched: "of updates, tested below",
  adagrad_step_touched: "of updates, tested below",
  probe_finite: "of a program of its own",
  statistics: "of the program of watch, tested with it",
  team_barrier: "of the encoder",
};

Deno.test("calls of all ops say truly what their kernels touch, for any number of threads, and in place", () => {
  const seen = new Set<string>();
  const check = (program: Program): void => {
    checkCalls(program, kernels);
    for (const { kernel } of program.instructions) seen.add(kernel);
  };
  for (const ranks of [1, 2, 3, 7]) {
    for (const sample of samples) {
      check(compile(sample, ranks, false));
      if (opNamed(sample.op).inPlace) check(compile(sample, ranks, true));
    }
    for (const form of ["plain", "bias", "relu", "transposeA", "transposeB"]) {
      for (const [m, n, k] of [[1, 9, 5], [13, 7, 5], [33, 21, 17], [64, 40, 33], [16, 300, 200]]) {
        check(compileProduct(m, n, k, form, ranks));
      }
    }
  }
  for (const ranks of [1, 3]) {
    check(composeDraws({ block: "draws", from: 2, to: 9, uniforms: 5, normals: 9, seed: 2 ** 40 + 1, ranks }));
  }
  for (const { name, path } of kernels.values()) {
    assert(path.startsWith("asm/gen/") || seen.has(name) || name in NO_OP, `no sample comes to ${name}`);
  }
});

Deno.test("calls of updates say truly what their kernels touch", () => {
  const elements = [3, 4, 1025, 9000, 64 * 600];
  let offset = 0;
  const variables = elements.map((size, i): VariablePlace => {
    const place = { block: "weights", offset, slot: offset, elements: size, trainable: true, staged: false } as const;
    offset += Math.ceil(size / 4) * 4;
    return { ...place, name: `v${i}`, shape: size === 64 * 600 ? [64, 600] : [size] };
  });
  const constraint = new Map([["v4", unitNorm()]]);
  const optimizers = [
    adam({ clipnorm: 1, useEma: true, emaOverwriteFrequency: 3, weightDecay: 0.1 }),
    sgd({ momentum: 0.9, globalClipnorm: 2, gradientAccumulationSteps: 2 }),
    rmsprop({ centered: true, clipvalue: 0.5 }),
  ];
  const sparse = [[1, 4], [9, 8], [300, 64]].map(([rows, width], i): VariablePlace => {
    const place = { block: "weights", offset, slot: offset, elements: rows * width, trainable: true } as const;
    offset += rows * width;
    return { ...place, name: `s${i}`, shape: [rows, width], touched: 304 * i };
  });
  for (const ranks of [1, 2, 3, 7]) {
    for (const optimizer of [sgd(), adagrad()]) {
      for (const program of Object.values(compileUpdate(optimizer, [...variables, ...sparse], constraint, ranks))) {
        checkCalls(program, kernels);
      }
    }
    for (const optimizer of optimizers) {
      for (const program of Object.values(compileUpdate(optimizer, variables, constraint, ranks))) {
        checkCalls(program, kernels);
      }
    }
  }
});
