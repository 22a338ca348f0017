import { assert, assertEquals } from "@std/assert";
import { RandomStream } from "../../src/tensor/random_stream.ts";
import { runOp } from "./run_op.ts";

const KEYS = { seedLow: 0xdeadbeef, seedHigh: 0x0000cafe, stream: 0x03000003 };
const SEED = 0xcafe * 2 ** 32 + 0xdeadbeef;

function run(
  x: Float32Array,
  shape: number[],
  attributes: { stddev: number; multiply: boolean },
  ranks = 1,
  step = 41,
) {
  return runOp("noise", [{ shape, data: x }, { shape: [], data: Uint32Array.of(step) }], { ...KEYS, ...attributes }, {
    ranks,
  }).y;
}

Deno.test("the noise kernel draws the stream's normal numbers, bit for bit", () => {
  for (const [rows, width] of [[1, 1], [3, 5], [64, 33], [3000, 7]]) {
    const random = new RandomStream(SEED, KEYS.stream, 41);
    const want = Float32Array.from({ length: rows * width }, () => random.nextNormal());
    for (const ranks of [1, 2, 3, 4, 7]) {
      const zeros = new Float32Array(rows * width);
      assertEquals(run(zeros, [rows, width], { stddev: 1, multiply: false }, ranks), want);
    }
  }
});

Deno.test("noise has the mean and the deviation that it is asked for, and other numbers at another step", () => {
  const n = 200_000;
  const moments = (y: Float32Array): [number, number] => {
    const mean = y.reduce((a, b) => a + b, 0) / n;
    return [mean, Math.sqrt(y.reduce((a, b) => a + (b - mean) ** 2, 0) / n)];
  };
  const added = run(new Float32Array(n).fill(2), [n], { stddev: 0.3, multiply: false });
  const multiplied = run(new Float32Array(n).fill(2), [n], { stddev: 0.3, multiply: true });
  for (const [y, deviation] of [[added, 0.3], [multiplied, 0.6]] as const) {
    const [mean, found] = moments(y);
    // Five standard deviations of a mean and of a deviation.
    assert(Math.abs(mean - 2) < 5 * deviation / Math.sqrt(n), `mean ${mean}`);
    assert(Math.abs(found - deviation) < 5 * deviation / Math.sqrt(2 * n), `deviation ${found}`);
  }
  const other = run(new Float32Array(n).fill(2), [n], { stddev: 0.3, multiply: false }, 1, 42);
  assert(added.filter((v, i) => v === other[i]).length < 100);
});
