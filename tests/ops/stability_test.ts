import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { runOp } from "./run_op.ts";

const finite = fc.float({ noNaN: true, noDefaultInfinity: true });

Deno.test("cross entropies of any finite logits are finite and not negative, and so are their gradients", () => {
  fc.assert(
    fc.property(fc.array(finite, { minLength: 1, maxLength: 9 }), fc.nat(), (logits, pick) => {
      const width = logits.length;
      const label = pick % width;
      const z = { shape: [1, width], data: Float32Array.from(logits) };
      const t = { shape: [1, width], data: new Float32Array(width).fill(1, label, label + 1) };
      const labels = { shape: [1], data: Float32Array.of(label) };
      const dy = { shape: [1], data: Float32Array.of(1) };
      const [dense] = runOp("softmax_crossentropy", [z, t], {}).y;
      const [sparse] = runOp("sparse_softmax_crossentropy", [z, labels], {}).y;
      assert(dense >= 0 && Number.isFinite(dense), `dense ${dense}`);
      assert(sparse >= 0 && Number.isFinite(sparse), `sparse ${sparse}`);
      const gradients = [
        runOp("softmax_crossentropy_backward", [dy, z, t], {}).y,
        runOp("sparse_softmax_crossentropy_backward", [dy, z, labels], {}).y,
      ];
      for (const dz of gradients) assert(dz.every((v) => Math.abs(v) <= 1), `${dz}`);
      const p = runOp("softmax", [z], {}).y;
      assert(p.every((v) => v >= 0 && v <= 1) && Math.abs(p.reduce((a, b) => a + b, 0) - 1) < 1e-6, `${p}`);
    }),
    { numRuns: 300 },
  );
});

Deno.test("extreme logits: the loss is the largest float32 where it would overflow", () => {
  const most = 3.4028234663852886e38;
  const z = { shape: [2, 2], data: Float32Array.of(most, -most, 100, -100) };
  const labels = { shape: [2], data: Float32Array.of(1, 1) };
  assertEquals(runOp("sparse_softmax_crossentropy", [z, labels], {}).y, Float32Array.of(most, 200));
  const t = { shape: [2, 2], data: Float32Array.of(0, 1, 0, 1) };
  assertEquals(runOp("softmax_crossentropy", [z, t], {}).y, Float32Array.of(most, 200));
});

Deno.test("a NaN logit is not hidden, an infinite one below costs nothing", () => {
  const t = { shape: [1, 3], data: Float32Array.of(1, 0, 0) };
  const loss = (z: number[]) =>
    runOp("softmax_crossentropy", [{ shape: [1, 3], data: Float32Array.from(z) }, t], {}).y[0];
  assert(Number.isNaN(loss([1, NaN, 2])));
  assertEquals(loss([1, -Infinity, -Infinity]), 0);
});

Deno.test("a label out of range gives NaN unless it is the ignored one", () => {
  const z = { shape: [3, 2], data: Float32Array.of(1, 2, 3, 4, 5, 6) };
  const labels = { shape: [3], data: Float32Array.of(-1, 2, 0) };
  const y = runOp("sparse_softmax_crossentropy", [z, labels], { ignoreClass: -1 }).y;
  assertEquals([y[0], y[1]], [0, NaN]);
  assert(Math.abs(y[2] - Math.log(1 + Math.E)) < 1e-6);
  const dy = { shape: [3], data: Float32Array.of(1, 1, 1) };
  const dz = runOp("sparse_softmax_crossentropy_backward", [dy, z, labels], { ignoreClass: -1 }).y;
  assertEquals([...dz.subarray(0, 4)], [0, 0, NaN, NaN]);
});

Deno.test("long sums keep their accuracy", () => {
  const n = 1_000_003;
  const x = { shape: [n], data: new Float32Array(n).fill(0.1) };
  const want = n * Math.fround(0.1);
  for (const op of ["sum_all", "sum_rows"]) {
    const [sum] = runOp(op, [x], {}).y;
    // A block of 1024 elements is 16 chains of 64 additions, each of which errs by u = 2^-24 at most.
    assert(Math.abs(sum - want) <= want * 64 * 2 ** -24, `${op}: ${sum}, wanted ${want}`);
  }
  const column = { shape: [n, 1], data: x.data };
  const [sum] = runOp("sum_columns", [column], {}).y;
  // 256 additions in a block, and one a block.
  assert(Math.abs(sum - want) <= want * (256 + n / 256) * 2 ** -24, `sum_columns: ${sum}, wanted ${want}`);
});

Deno.test("max_rows: a NaN anywhere in the row gives NaN, a row of -Infinity gives that", () => {
  for (let at = 0; at < 7; at++) {
    const data = Float32Array.of(5, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6);
    data[at] = NaN;
    assertEquals(runOp("max_rows", [{ shape: [2, 7], data }], {}).y, Float32Array.of(NaN, 6));
  }
  const data = new Float32Array(3).fill(-Infinity);
  assertEquals(runOp("max_rows", [{ shape: [1, 3], data }], {}).y, Float32Array.of(-Infinity));
});

Deno.test("a NaN anywhere in a row makes its softmax and losses NaN, and no other row's", () => {
  for (let at = 0; at < 7; at++) {
    const data = Float32Array.of(5, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6);
    data[at] = NaN;
    const z = { shape: [2, 7], data };
    for (const op of ["softmax", "log_softmax"]) {
      const { y } = runOp(op, [z], {});
      assert(y.subarray(0, 7).every(Number.isNaN) && y.subarray(7).every(Number.isFinite), `${op}: ${y}`);
    }
    const sparse = runOp("sparse_softmax_crossentropy", [z, { shape: [2], data: Float32Array.of(0, 0) }], {}).y;
    const dense = runOp("softmax_crossentropy", [z, { shape: [2, 7], data: new Float32Array(14).fill(1 / 7) }], {}).y;
    for (const loss of [sparse, dense]) assert(Number.isNaN(loss[0]) && Number.isFinite(loss[1]), `${loss}`);
  }
});
