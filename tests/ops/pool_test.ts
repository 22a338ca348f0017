import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { evaluateGraph } from "../../src/graph/evaluate_graph.ts";
import { Graph } from "../../src/graph/graph.ts";
import type { Attributes } from "../../src/tensor/symbolic.ts";
import { runOp } from "./run_op.ts";

/** A geometry along one axis, out of four numbers: a window that overlaps others or not, beyond the ends or not; or a count of windows. */
const axis = fc.tuple(fc.nat(8), fc.nat(4), fc.nat(3), fc.nat(20));
const geometry = fc.record({
  batch: fc.integer({ min: 1, max: 5 }),
  channels: fc.constantFrom(1, 2, 3, 4, 7, 16, 18),
  isAdaptive: fc.boolean(),
  rows: axis,
  columns: axis,
  seed: fc.nat(),
});

function drawn(length: number, seed: number): Float32Array {
  let state = seed % 2147483646 + 1;
  // Few different numbers: there are ties.
  return Float32Array.from({ length }, () => (state = state * 48271 % 2147483647) % 33 / 8 - 2);
}

Deno.test("windows of any geometry: the kernels agree with float64, forward and backward, and with themselves in shares", () => {
  fc.assert(
    fc.property(geometry, ({ batch, channels, isAdaptive, rows, columns, seed }) => {
      const sides = [rows, columns].map(([more, size, stride, pad]) => {
        const window = 1 + size, before = pad % window, after = (pad >> 2) % window;
        return { length: Math.max(1, window - before - after) + more, window, stride: 1 + stride, before, after };
      });
      const image = sides.map(({ length }) => length);
      const attributes: Attributes = isAdaptive ? { output: sides.map(({ stride, window }) => stride + window - 1) } : {
        window: sides.map(({ window }) => window),
        strides: sides.map(({ stride }) => stride),
        pads: sides.flatMap(({ before, after }) => [before, after]),
      };
      const compare = (
        op: string,
        inputs: { shape: readonly number[]; data: Float32Array }[],
        attributes: Attributes,
      ) => {
        const graph = new Graph();
        const leaves = inputs.map(({ shape }, i) => graph.input(`x${i}`, shape));
        const node = graph.apply(op, leaves, attributes);
        const [want] = evaluateGraph([node], (leaf) => Float64Array.from(inputs[leaves.indexOf(leaf)].data));
        const { y } = runOp(op, inputs, attributes);
        // Eighths up to 2 and sums of a few hundred of them: every sum is exact, and quotients are rounded once or twice.
        want.forEach((w, i) =>
          assert(Math.abs(y[i] - w) <= 2 ** -20 * Math.max(1, Math.abs(w)), `${op} [${i}]: ${y[i]}, not ${w}`)
        );
        if (seed % 4 === 0) assertEquals(runOp(op, inputs, attributes, { ranks: 3 }).y, y);
        return { shape: node.shape, data: y };
      };
      const shape = [batch, ...image, channels];
      const x = { shape, data: drawn(shape.reduce((a, b) => a * b), seed) };
      const y = compare("max_pool", [x], attributes);
      const dy = { shape: y.shape, data: drawn(y.data.length, seed + 1) };
      compare("max_pool_backward", [dy, x, y], attributes);
      compare("average_pool", [x], attributes);
      compare("average_pool_backward", [dy], { ...attributes, image });
    }),
    { numRuns: 150, seed: 11 },
  );
});

Deno.test("a window with NaN is NaN, wherever it stands", () => {
  for (const channels of [3, 17]) {
    for (let at = 0; at < 6; at++) {
      const data = new Float32Array(6 * channels).fill(1);
      data[at * channels + 2] = NaN;
      const x = { shape: [1, 2, 3, channels], data };
      const { y } = runOp("max_pool", [x], { output: [1, 1] });
      assertEquals([...y], Array.from({ length: channels }, (_, c) => c === 2 ? NaN : 1));
    }
  }
});
