import { assert, assertEquals } from "@std/assert";
import { philox4x32 } from "../../src/tensor/philox.ts";
import { runOp } from "./run_op.ts";

const KEYS = { seedLow: 0xdeadbeef, seedHigh: 0x0000cafe, stream: 0x02000003 };

/** The mask by the definition: the Philox function itself has published answers of its own. */
function mask(n: number, step: number, rate: number): boolean[] {
  const words = new Uint32Array(4);
  return Array.from({ length: n }, (_, i) => {
    philox4x32(i >> 2, 0, step, KEYS.stream, KEYS.seedLow, KEYS.seedHigh, words);
    return (words[i & 3] >>> 8) * 2 ** -24 >= rate;
  });
}

function drop(x: Float32Array, shape: number[], step: number, rate: number, ranks = 1): Float32Array {
  return runOp("dropout", [{ shape, data: x }, { shape: [], data: Uint32Array.of(step) }], { ...KEYS, rate }, { ranks })
    .y;
}

Deno.test("the dropout kernel draws the Philox mask, bit for bit", () => {
  for (const [rows, width] of [[1, 1], [3, 5], [64, 33], [1000, 7]]) {
    for (const rate of [0, 0.1, 0.5, 0.999999, 1]) {
      const x = Float32Array.from({ length: rows * width }, (_, i) => i + 1);
      const factor = Math.fround(1 / (1 - rate));
      const want = mask(x.length, 41, rate).map((keep, i) => keep ? Math.fround(x[i] * factor) : 0);
      assertEquals(drop(x, [rows, width], 41, rate), Float32Array.from(want));
      assertEquals(drop(x, [rows, width], 41, rate, 3), Float32Array.from(want));
    }
  }
});

Deno.test("dropout keeps the share 1 - rate, and another mask at another step", () => {
  const n = 200_000;
  const x = new Float32Array(n).fill(1);
  for (const rate of [0.1, 0.5, 0.9]) {
    const kept = drop(x, [n], 7, rate).filter((v) => v !== 0).length;
    // Five standard deviations of a binomial count.
    assert(Math.abs(kept - n * (1 - rate)) < 5 * Math.sqrt(n * rate * (1 - rate)), `kept ${kept} at rate ${rate}`);
  }
  const first = drop(x, [n], 7, 0.5);
  const second = drop(x, [n], 8, 0.5);
  const equal = first.filter((v, i) => v === second[i]).length;
  assert(Math.abs(equal - n / 2) < 5 * Math.sqrt(n / 4), `${equal} of ${n} are equal`);
});

Deno.test("rate 0 changes nothing, rate 1 leaves nothing", () => {
  const x = Float32Array.of(1, -2, Infinity, 4, 5);
  assertEquals(drop(x, [5], 1, 0), x);
  assertEquals(drop(x, [5], 1, 1), new Float32Array(5));
});

Deno.test("elements along shared axes are kept or dropped together, by the mask of the tensor that has these axes once", () => {
  const shape = [5, 3, 2, 7];
  const x = Float32Array.from({ length: 210 }, (_, i) => i + 1);
  for (const shared of [[1, 2], [2], [0], [3], [1, 3], [0, 2], [0, 1, 2, 3], []]) {
    const strides = shape.map((_, axis) =>
      shared.includes(axis) ? 0 : shape.reduce((n, size, at) => at > axis && !shared.includes(at) ? n * size : n, 1)
    );
    const kept = mask(210, 5, 0.4);
    const want = x.map((v, i) => {
      const at = [Math.floor(i / 42), Math.floor(i / 14) % 3, Math.floor(i / 7) % 2, i % 7];
      return kept[at.reduce((sum, index, axis) => sum + index * strides[axis], 0)]
        ? Math.fround(v * Math.fround(1 / 0.6))
        : 0;
    });
    for (const ranks of [1, 2, 3, 4, 7]) {
      const inputs = [{ shape, data: x }, { shape: [], data: Uint32Array.of(5) }];
      assertEquals(runOp("dropout", inputs, { ...KEYS, rate: 0.4, shared }, { ranks }).y, want, `${shared}, ${ranks}`);
    }
  }
});

Deno.test("a dropped infinity is 0 with shared axes too", () => {
  const data = new Float32Array(64).fill(Infinity);
  const inputs = [{ shape: [2, 4, 8], data }, { shape: [], data: Uint32Array.of(5) }];
  const { y } = runOp("dropout", inputs, { ...KEYS, rate: 0.5, shared: [1] });
  assert(y.every((v) => v === 0 || v === Infinity) && y.includes(0) && y.includes(Infinity));
});
