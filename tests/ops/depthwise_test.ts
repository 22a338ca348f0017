import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { evaluateGraph } from "../../src/graph/evaluate_graph.ts";
import { Graph } from "../../src/graph/graph.ts";
import type { Attributes } from "../../src/tensor/symbolic.ts";
import { runOp } from "./run_op.ts";

/** A geometry along one axis: the window, its stride and dilation, what lies before and behind, and how long the axis is beyond the least. */
const axis = fc.record({
  size: fc.constantFrom(1, 2, 3, 3, 3, 5),
  stride: fc.constantFrom(1, 1, 2, 3),
  dilation: fc.constantFrom(1, 1, 2),
  before: fc.nat(4),
  after: fc.nat(4),
  more: fc.nat(9),
});
const geometry = fc.record({
  batch: fc.integer({ min: 1, max: 5 }),
  channels: fc.constantFrom(1, 3, 4, 7, 16, 18),
  axes: fc.tuple(axis, axis),
  seed: fc.nat(),
});

/** Quarters from −2 to 2: products and sums of some thousand of them are exact in float32, in any order. */
function drawn(length: number, seed: number): Float32Array {
  let state = seed % 2147483646 + 1;
  return Float32Array.from({ length }, () => (state = state * 48271 % 2147483647) % 17 / 4 - 2);
}

Deno.test("depthwise convolutions of any geometry agree with float64 in every bit, with their gradients and in shares", () => {
  fc.assert(
    fc.property(geometry, ({ batch, channels, axes, seed }) => {
      const size = axes.map(({ size, dilation, before, after, more }) =>
        Math.max(1, (size - 1) * dilation + 1 - before - after) + more
      );
      const window = axes.map((one) => one.size);
      const attributes: Attributes = {
        strides: axes.map(({ stride }) => stride),
        dilation: axes.map(({ dilation }) => dilation),
        pads: axes.flatMap(({ before, after }) => [before, after]),
      };
      const compare = (
        op: string,
        inputs: { shape: readonly number[]; data: Float32Array }[],
        attributes: Attributes,
      ): readonly number[] => {
        const graph = new Graph();
        const leaves = inputs.map(({ shape }, i) => graph.input(`x${i}`, shape));
        const node = graph.apply(op, leaves, attributes);
        const [want] = evaluateGraph([node], (leaf) => Float64Array.from(inputs[leaves.indexOf(leaf)].data));
        const { y } = runOp(op, inputs, attributes);
        const bad = want.findIndex((w, i) => y[i] !== w);
        assert(bad < 0, `${op} [${bad}]: ${y[bad]}, not ${want[bad]}`);
        if (seed % 4 === 0) assertEquals(runOp(op, inputs, attributes, { ranks: 3 }).y, y);
        return node.shape;
      };
      const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b);
      const x = { shape: [batch, ...size, channels], data: drawn(sizeOf([batch, ...size, channels]), seed) };
      const w = { shape: [...window, channels], data: drawn(sizeOf([...window, channels]), seed + 1) };
      const bias = { shape: [channels], data: drawn(channels, seed + 2) };
      const shape = compare("depthwise", [x, w, bias], attributes);
      const dy = { shape, data: drawn(sizeOf(shape), seed + 3) };
      compare("depthwise_input", [dy, w], { ...attributes, size });
      compare("depthwise_filter", [x, dy], { ...attributes, window });
    }),
    { numRuns: 150, seed: 12 },
  );
});
