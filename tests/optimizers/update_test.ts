import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { maxNorm } from "../../src/constraints/max_norm.ts";
import { nonNeg } from "../../src/constraints/non_neg.ts";
import { adam } from "../../src/optimizers/adam.ts";
import { adamw } from "../../src/optimizers/adamw.ts";
import { lamb } from "../../src/optimizers/lamb.ts";
import { nadam } from "../../src/optimizers/nadam.ts";
import { rmsprop } from "../../src/optimizers/rmsprop.ts";
import { sgd } from "../../src/optimizers/sgd.ts";
import { OptimizerMachine } from "./optimizer_machine.ts";
import { gradientOptimizers, resolveGradientOptimizer as resolveOptimizer } from "./gradient_optimizers.ts";

// With sgd at learning rate 1 from weights 0, the new weights are the clipped gradients, negated.
const two = [{ name: "a", shape: [3] }, { name: "b", shape: [2] }];

function clipped(options: Parameters<typeof sgd>[0], a: number[], b: number[]): number[][] {
  const machine = new OptimizerMachine(sgd({ learningRate: 1, ...options }), two);
  machine.values(0).fill(0);
  machine.values(1).fill(0);
  machine.train(a, b);
  return [0, 1].map((i) => [...machine.values(i)].map((v) => -v));
}

function assertNear(found: ArrayLike<number>, expected: readonly number[], tolerance = 1e-6): void {
  assertEquals(found.length, expected.length);
  expected.forEach((value, i) => assertAlmostEquals(found[i], value, tolerance * Math.max(1, Math.abs(value))));
}

Deno.test("clipvalue limits every element", () => {
  const [a, b] = clipped({ clipvalue: 0.5 }, [0.25, -3, 0.5], [7, -0.5]);
  assertEquals(a, [0.25, -0.5, 0.5]);
  assertEquals(b, [0.5, -0.5]);
});

Deno.test("clipnorm limits the norm of every variable by itself", () => {
  const [a, b] = clipped({ clipnorm: 2 }, [2, -3, 6], [0.5, 1]); // norms 7 and 1.118
  assertNear(a, [4 / 7, -6 / 7, 12 / 7]);
  assertEquals(b, [0.5, 1]);
});

Deno.test("globalClipnorm limits the norm of all variables together", () => {
  const [a, b] = clipped({ globalClipnorm: 3 }, [2, -4, 5], [6, 0]); // norm 9
  assertNear(a, [2 / 3, -4 / 3, 5 / 3]);
  assertNear(b, [2, 0]);
  assertEquals(clipped({ globalClipnorm: 9 }, [2, -4, 5], [6, 0]), [[2, -4, 5], [6, 0]]);
});

Deno.test("clipping by norm leaves zero gradients alone and does not hide bad ones", () => {
  assertEquals(clipped({ clipnorm: 1 }, [0, 0, 0], [0, 0]).flat().map(Math.abs), [0, 0, 0, 0, 0]);
  for (const bad of [NaN, Infinity]) {
    assert(clipped({ globalClipnorm: 1 }, [bad, 0, 0], [1, 0]).flat().every(Number.isNaN));
    const [a, b] = clipped({ clipnorm: 1 }, [bad, 0, 0], [0.5, 0]);
    assert(a.every(Number.isNaN));
    assertNear(b, [0.5, 0]);
  }
});

Deno.test("norms are right for variables of more than one block, whatever lies in the padding", () => {
  const size = 4096 * 3 + 1234 + 3;
  const gradient = Float32Array.from({ length: size }, (_, i) => Math.sin(i));
  const norm = Math.sqrt(gradient.reduce((sum, v) => sum + v * v, 0));
  for (const options of [{ clipnorm: 1 }, { globalClipnorm: 1 }]) {
    const machine = new OptimizerMachine(sgd({ learningRate: 1, ...options }), [{ name: "a", shape: [size] }]);
    machine.values(0).fill(0);
    machine.train(gradient);
    const w = machine.values(0);
    for (let i = 0; i < size; i++) assertAlmostEquals(w[i], -gradient[i] / norm, 1e-7);
  }
});

Deno.test("frozen variables stay as they are, and their neighbours are trained", () => {
  for (const id of gradientOptimizers) {
    const common = { weightDecay: 0.1, useEma: true, emaOverwriteFrequency: 1, gradientAccumulationSteps: 2 };
    const optimizer = resolveOptimizer({ id, config: { ...common, globalClipnorm: 1 } });
    const variables = [1, 2, 3, 4].map((n) => ({ name: `v${n}`, shape: [5], trainable: n % 2 === 1 }));
    const constraints = new Map(variables.map(({ name }) => [name, nonNeg()]));
    const machine = new OptimizerMachine(optimizer, variables, { constraints });
    variables.forEach((_, i) => machine.values(i).fill(-2));
    for (let step = 0; step < 6; step++) machine.train(...variables.map(() => [1, -1, 2, 3, 4]));
    assertEquals([...machine.values(1)], [-2, -2, -2, -2, -2], id);
    assertEquals([...machine.values(3)], [-2, -2, -2, -2, -2], id);
    assertEquals([...machine.values(0)], [0, 0, 0, 0, 0], id);
    assertEquals([...machine.values(2)], [0, 0, 0, 0, 0], id);
  }
});

Deno.test("trainable variables side by side are updated by one kernel call", () => {
  const variables = [1, 2, 3, 4, 5].map((n) => ({ name: `v${n}`, shape: [n], trainable: n !== 3 }));
  const { programs } = new OptimizerMachine(adam(), variables);
  assertEquals(programs.step.instructions.map(({ kernel }) => kernel), ["adam_step", "adam_step"]);
});

Deno.test("a model with nothing to train has an empty step", () => {
  const machine = new OptimizerMachine(adam({ clipnorm: 1 }), [{ name: "v", shape: [3], trainable: false }]);
  machine.values(0).fill(1);
  machine.train([1, 2, 3]);
  assertEquals([...machine.values(0)], [1, 1, 1]);
  assertEquals(machine.iteration, 1);
});

Deno.test("weight decay: w − w · weightDecay · rate before the step, for every optimizer", () => {
  for (const id of gradientOptimizers) {
    if (id === "ftrl") continue; // a weight of it is 0 as long as it has no gradient
    const config = { learningRate: 0.5, weightDecay: 0.25, ...(id === "muon" ? { adamWeightDecay: 0.25 } : {}) };
    const machine = new OptimizerMachine(resolveOptimizer({ id, config }), [
      { name: "w", shape: [2] },
    ]);
    machine.values(0).set([2, -4]);
    machine.train([0, 0]); // no gradient, no step: decay alone
    assertNear(machine.values(0), [2 * 0.875, -4 * 0.875]);
  }
});

Deno.test("the average of the weights follows w from the first step on", () => {
  const machine = new OptimizerMachine(sgd({ learningRate: 1, useEma: true, emaMomentum: 0.75 }), [{
    name: "w",
    shape: [1],
  }]);
  machine.values(0).set([0]);
  const averages: number[] = [];
  for (const gradient of [-4, -4, -8]) {
    machine.train([gradient]);
    averages.push(machine.values(0, "ema")[0]);
  }
  assertEquals([...machine.values(0)], [16]); // the weights 4, 8, 16 are not touched
  assertNear(averages, [4, 0.75 * 4 + 0.25 * 8, 0.75 * 5 + 0.25 * 16]);
  machine.finish();
  assertNear(machine.values(0), [7.75]);
});

Deno.test("finish before any step changes nothing", () => {
  const machine = new OptimizerMachine(sgd({ useEma: true }), [{ name: "w", shape: [1] }]);
  machine.values(0).set([3]);
  machine.finish();
  assertEquals([...machine.values(0)], [3]);
});

Deno.test("the average takes the weights' place every emaOverwriteFrequency steps", () => {
  const machine = new OptimizerMachine(
    sgd({ learningRate: 1, useEma: true, emaMomentum: 0.5, emaOverwriteFrequency: 2 }),
    [{ name: "w", shape: [1] }],
  );
  machine.values(0).set([0]);
  const weights: number[] = [];
  for (let i = 0; i < 4; i++) {
    machine.train([-8]);
    weights.push(machine.values(0)[0]);
  }
  // 8 (average 8); 16 → average 12, overwritten; 20 → average 16; 28 → average 22, overwritten.
  assertEquals(weights, [8, 12, 20, 22]);
});

Deno.test("accumulation over n batches is a step on the mean of their gradients", () => {
  for (const id of gradientOptimizers) {
    const accumulating = new OptimizerMachine(
      resolveOptimizer({ id, config: { gradientAccumulationSteps: 4, learningRate: 0.125 } }),
      two,
    );
    const plain = new OptimizerMachine(resolveOptimizer({ id, config: { learningRate: 0.125 } }), two);
    for (const machine of [accumulating, plain]) {
      machine.values(0).set([1, -2, 3]);
      machine.values(1).set([0.5, 4]);
    }
    for (let step = 0; step < 3; step++) {
      const batches = [1, 2, 3, 6].map((k) => [[k, -k, 2 * k + step], [k / 2, step]]); // sums are exact in float32
      batches.forEach(([a, b], i) => {
        const before = [...accumulating.values(0)];
        accumulating.train(a, b);
        if (i < 3) assertEquals([...accumulating.values(0)], before);
      });
      plain.train([3, -3, 6 + step], [1.5, step]);
      assertEquals([...accumulating.values(0)], [...plain.values(0)], id);
      assertEquals([...accumulating.values(1)], [...plain.values(1)], id);
    }
    assertEquals([accumulating.iteration, accumulating.step], [3, 12]);
  }
});

Deno.test("constraints hold after the step, on the variables that have them", () => {
  const machine = new OptimizerMachine(sgd({ learningRate: 1 }), [
    { name: "kernel", shape: [2, 3] },
    { name: "bias", shape: [3] },
    { name: "free", shape: [3] },
  ], { constraints: new Map([["kernel", maxNorm({ maxValue: 5 })], ["bias", nonNeg()]]) });
  [0, 1, 2].forEach((i) => machine.values(i).fill(0));
  machine.train([-6, -3, 0, -8, -4, 0], [1, -1, 0], [1, -1, 0]);
  // Columns (6, 8), (3, 4) and (0, 0): norms 10, 5 and 0.
  assertNear(machine.values(0), [3, 3, 0, 4, 4, 0]);
  assertEquals([...machine.values(1)], [0, 1, 0]);
  assertEquals([...machine.values(2)], [-1, 1, 0]);
});

Deno.test("a constraint that changes the shape is refused", () => {
  const flat = {
    id: "flat",
    config: {},
    project: (g, w) => g.apply("reshape", [w], { shape: [6] }),
  } satisfies ReturnType<
    typeof nonNeg
  >;
  const constraints = new Map([["kernel", flat]]);
  assertThrows(
    () => new OptimizerMachine(sgd(), [{ name: "kernel", shape: [2, 3] }], { constraints }),
    TypeError,
    "Cannot apply constraint flat: the shape must stay, got [6] for kernel [2, 3]",
  );
});

Deno.test("training resumed from the state blocks and the counters continues to the bit", () => {
  for (const id of gradientOptimizers) {
    const optimizer = resolveOptimizer({ id, config: { useEma: true, gradientAccumulationSteps: 2, clipnorm: 2 } });
    const gradient = (step: number) => [[Math.sin(step), Math.cos(3 * step), 0.1], [Math.sin(5 * step), -0.2]];
    const whole = new OptimizerMachine(optimizer, two);
    whole.values(0).set([1, 2, 3]);
    whole.values(1).set([4, 5]);
    let halfway: OptimizerMachine | null = null;
    for (let step = 0; step < 14; step++) {
      if (step === 7) {
        halfway = new OptimizerMachine(resolveOptimizer({ id, config: optimizer.config }), two);
        const names = ["weights", ...whole.update.blocks.map(({ name }) => name).filter((name) => name !== "cells")];
        for (const name of names) halfway.memory.view(name).set(whole.memory.view(name));
        [halfway.step, halfway.iteration] = [whole.step, whole.iteration];
      }
      whole.train(...gradient(step));
      halfway?.train(...gradient(step));
    }
    for (const i of [0, 1]) assertEquals([...halfway!.values(i)], [...whole.values(i)], id);
  }
});

Deno.test("adamw is adam with weight decay", () => {
  const machines = [adamw({ weightDecay: 0.1 }), adam({ weightDecay: 0.1 })].map((o) => new OptimizerMachine(o, two));
  for (const machine of machines) {
    machine.values(0).set([1, -2, 3]);
    machine.values(1).set([0.5, 4]);
    machine.train([1, 2, 3], [4, 5]);
  }
  assertEquals([...machines[0].values(0)], [...machines[1].values(0)]);
});

Deno.test("what decays in a slot ends at 0 and never stays subnormal; NaN is not hidden", () => {
  for (const optimizer of [adam(), sgd({ momentum: 0.5 }), rmsprop(), nadam(), lamb()]) {
    const machine = new OptimizerMachine(optimizer, [{ name: "v", shape: [4] }]);
    machine.values(0).fill(1);
    machine.train([1, 1, NaN, 1]);
    for (let i = 0; i < 3000; i++) machine.train([0, 0, 0, 0]);
    for (const block of new Set(machine.update.parts.map((part) => part.block))) {
      const values = machine.values(0, block);
      for (const value of [values[0], values[1], values[3]]) {
        assert(value === 0 || Math.abs(value) >= 2 ** -126, `${optimizer.id} ${block} is ${value}`);
      }
      assert(Number.isNaN(values[2]), `${optimizer.id} ${block} lost NaN`);
    }
  }
});
