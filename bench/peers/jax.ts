/**
 * jax-js: a jitted step of value, gradient and Adam; it has no layers. The loss is read at every step, since unread work piles up.
 *
 * Usage: `deno run -A --no-lock bench/peers/jax.ts <workload> [threads]`.
 *
 * @module
 */
import { drawKernel, drawSamples, drawUniform, runPeer, timeOf, xorX, xorY } from "./measure.ts";

const VERSION = "0.1.25";

/** An array of jax-js: an operation consumes it, unless it is used by `ref`. */
interface Arr {
  ref: Arr;
  reshape(shape: number[]): Arr;
  add(other: Arr | number): Arr;
  sub(other: Arr | number): Arr;
  mul(other: Arr | number): Arr;
  div(other: Arr | number): Arr;
  sum(): Arr;
  slice(index: number): Arr;
  data(): Promise<Float32Array>;
  dispose(): void;
  blockUntilReady(): Promise<Arr>;
}
type Loss = (parameters: Arr[], x: Arr, y: Arr) => Arr;
interface Jax {
  init(device: string): Promise<unknown>;
  defaultDevice(device: string): void;
  numpy: Record<"array" | "zeros" | "dot" | "sqrt" | "square" | "matmul", (...args: unknown[]) => Arr>;
  nn: Record<"relu" | "sigmoid" | "softplus" | "logSoftmax", (x: Arr) => Arr>;
  jit<F>(f: F): F;
  valueAndGrad(loss: Loss): (parameters: Arr[], x: Arr, y: Arr) => [Arr, Arr[]];
}

// It starts as many threads as there are cores; without Worker it runs on one.
if (Deno.args[1] === "1") delete (globalThis as { Worker?: unknown }).Worker;
const name: string = `npm:@jax-js/jax@${VERSION}`; // not in the module graph, so that nothing else depends on it
const jax = await import(name) as Jax;
await jax.init("wasm");
jax.defaultDevice("wasm");
const { numpy, nn } = jax;

const array = (values: Float32Array, shape: number[]): Arr => numpy.array(values).reshape(shape);
const refs = (arrays: Arr[]): Arr[] => arrays.map((a) => a.ref);

function createParameters(widths: number[]): Arr[] {
  return widths.slice(1).flatMap((units, i) => [
    array(drawKernel(widths[i], units), [widths[i], units]),
    numpy.zeros([units]),
  ]);
}

function runForward(parameters: Arr[], x: Arr, activate: (x: Arr) => Arr): Arr {
  let h = x;
  for (let i = 0; i < parameters.length; i += 2) {
    h = numpy.dot(h, parameters[i]).add(parameters[i + 1]);
    if (i < parameters.length - 2) h = activate(h);
  }
  return h;
}

const xorLoss: Loss = (parameters, x, y) => {
  const z = runForward(parameters, x, nn.sigmoid);
  return nn.softplus(z.ref).sub(z.mul(y)).sum().mul(1 / 4);
};
const stepXor = jax.jit((parameters: Arr[], x: Arr, y: Arr): [Arr[], Arr] => {
  const [loss, gradients] = jax.valueAndGrad(xorLoss)(refs(parameters), x, y);
  return [parameters.map((p, i) => p.sub(gradients[i].mul(4.5))), loss];
});

await runPeer({
  version: VERSION,
  fitXor: async () => {
    const x = array(xorX, [4, 2]), y = array(xorY, [4, 1]);
    let parameters = createParameters([2, 7, 1]);
    const start = performance.now();
    for (let i = 0; i < 200; i++) {
      const [next, loss] = stepXor(parameters, x.ref, y.ref);
      parameters = next;
      await loss.data();
    }
    const ms = performance.now() - start;
    for (const a of [...parameters, x, y]) a.dispose();
    return ms;
  },
  createStep: (widths, batch) => {
    const classes = widths[widths.length - 1];
    const loss: Loss = (parameters, x, y) =>
      nn.logSoftmax(runForward(parameters, x, nn.relu)).mul(y).sum().mul(-1 / batch);
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
    const samples = drawSamples(batch, widths[0], classes);
    const x = array(samples.x, [batch, widths[0]]), y = array(samples.y, [batch, classes]);
    const zeros = (): Arr[] =>
      widths.slice(1).flatMap((units, i) => [numpy.zeros([widths[i], units]), numpy.zeros([units])]);
    let p = createParameters(widths), m = zeros(), v = zeros(), value: Arr;
    let t = 0;
    return timeOf(async () => {
      t++;
      const cells = numpy.array(Float32Array.of(1e-3 / (1 - 0.9 ** t), 1 / (1 - 0.999 ** t)));
      [p, m, v, value] = step(p, m, v, cells, x.ref, y.ref);
      await value.data();
    });
  },
  createProduct: (size) => {
    const [a, b] = [1, 2].map(() => array(drawUniform(size * size, -1, 1), [size, size]));
    const multiply = jax.jit((a: Arr, b: Arr): Arr => numpy.matmul(a, b));
    return timeOf(async () => {
      const c = multiply(a.ref, b.ref);
      await c.ref.blockUntilReady();
      c.dispose();
    });
  },
});
