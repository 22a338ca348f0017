/**
 * The small network of bench/cnn.ts in jax-js: a jitted step of value, gradient and Adam, 28×28×1, conv 16, pool, conv 32, pool, dense 10, batch 32.
 * Pooling is a reshape and a maximum, which it differentiates. The loss is read at every step.
 *
 * Usage: `deno run -A --no-lock bench/peers/jax_cnn.ts [threads] [milliseconds]`. Prints the median of a step in milliseconds as JSON.
 *
 * @module
 */
interface Arr {
  ref: Arr;
  reshape(shape: number[]): Arr;
  max(axis: number | number[]): Arr;
  add(other: Arr | number): Arr;
  sub(other: Arr | number): Arr;
  mul(other: Arr | number): Arr;
  div(other: Arr | number): Arr;
  sum(): Arr;
  slice(...index: (number | [] | [number, number])[]): Arr;
  data(): Promise<Float32Array>;
  dispose(): void;
}
type Loss = (parameters: Arr[], x: Arr, y: Arr) => Arr;
interface Jax {
  init(device: string): Promise<unknown>;
  defaultDevice(device: string): void;
  numpy: Record<"array" | "zeros" | "dot" | "sqrt" | "square", (...args: unknown[]) => Arr>;
  nn: Record<"relu" | "logSoftmax", (x: Arr) => Arr>;
  lax: { conv(x: Arr, w: Arr, strides: number[], padding: string): Arr };
  jit<F>(f: F): F;
  valueAndGrad(loss: Loss): (parameters: Arr[], x: Arr, y: Arr) => [Arr, Arr[]];
}

const BATCH = 32;
if ((Deno.args[0] ?? "1") === "1") delete (globalThis as { Worker?: unknown }).Worker;
const MILLISECONDS = Number(Deno.args[1] ?? 4000);
const name: string = "npm:@jax-js/jax@0.1.25"; // not in the module graph, so that nothing else depends on it
const jax = await import(name) as Jax;
await jax.init("wasm");
jax.defaultDevice("wasm");
const { numpy, nn, lax } = jax;

let state = 1;
function draw(size: number, scale: number): Float32Array {
  return Float32Array.from({ length: size }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state / 2 ** 31 - 1) * scale;
  });
}
const array = (values: Float32Array, shape: number[]): Arr => numpy.array(values).reshape(shape);
const refs = (arrays: Arr[]): Arr[] => arrays.map((a) => a.ref);
/** Windows of 2×2 that lie apart; the last row and column of an odd image are left out. */
function pool(x: Arr, channels: number, size: number): Arr {
  const half = Math.floor(size / 2);
  return x.slice([], [], [0, 2 * half], [0, 2 * half]).reshape([BATCH, channels, half, 2, half, 2]).max([3, 5]);
}

const loss: Loss = (p, x, y) => {
  const a = pool(nn.relu(lax.conv(x, p[0], [1, 1], "VALID").add(p[1])), 16, 26);
  const b = pool(nn.relu(lax.conv(a, p[2], [1, 1], "VALID").add(p[3])), 32, 11);
  return nn.logSoftmax(numpy.dot(b.reshape([BATCH, 800]), p[4]).add(p[5])).mul(y).sum().mul(-1 / BATCH);
};
const step = jax.jit((p: Arr[], m: Arr[], v: Arr[], cells: Arr, x: Arr, y: Arr): [Arr[], Arr[], Arr[], Arr] => {
  const [value, gradients] = jax.valueAndGrad(loss)(refs(p), x, y);
  const nextP: Arr[] = [], nextM: Arr[] = [], nextV: Arr[] = [];
  const rate = cells.ref.slice(0), scale = cells.slice(1);
  for (const [i, g] of gradients.entries()) {
    const mean = m[i].mul(0.9).add(g.ref.mul(0.1));
    const square = v[i].mul(0.999).add(numpy.square(g).mul(0.001));
    nextM.push(mean.ref);
    nextV.push(square.ref);
    nextP.push(p[i].sub(mean.mul(rate.ref).div(numpy.sqrt(square.mul(scale.ref)).add(1e-7))));
  }
  rate.dispose();
  scale.dispose();
  return [nextP, nextM, nextV, value];
});

const SHAPES = [[16, 1, 3, 3], [16, 1, 1], [32, 16, 3, 3], [32, 1, 1], [800, 10], [10]];
const sizeOf = (shape: number[]): number => shape.reduce((a, b) => a * b);
let p = SHAPES.map((shape, i) => array(draw(sizeOf(shape), i % 2 ? 0 : 0.1), shape));
let [m, v] = [0, 1].map(() => SHAPES.map((shape) => numpy.zeros(shape)));
const x = array(draw(BATCH * 784, 1), [BATCH, 1, 28, 28]);
const y = array(Float32Array.from({ length: BATCH * 10 }, (_, i) => i % 10 === Math.floor(i / 10) % 10 ? 1 : 0), [
  BATCH,
  10,
]);
const samples: number[] = [];
let last = NaN;
for (let t = 1, end = performance.now() + MILLISECONDS; performance.now() < end || samples.length < 3; t++) {
  const start = performance.now();
  const cells = numpy.array(Float32Array.of(1e-3 / (1 - 0.9 ** t), 1 / (1 - 0.999 ** t)));
  let value: Arr;
  [p, m, v, value] = step(p, m, v, cells, x.ref, y.ref);
  [last] = await value.data();
  if (t > 2) samples.push(performance.now() - start);
}
samples.sort((a, b) => a - b);
console.log(JSON.stringify({ ms: samples[samples.length >> 1], best: samples[0], steps: samples.length, loss: last }));
