/**
 * What the peers that run in Deno share: the same samples as the others, and the protocol.
 *
 * A peer is called with the name of a workload and prints one line of JSON: the median and the best milliseconds of a call after a
 * warm-up. `version` prints its version; `cold` trains XOR once and prints nothing.
 */
import { sampleCalls } from "../lib/sample_calls.ts";
import { summarize } from "../lib/summarize.ts";

/** A workload of a peer: returns the milliseconds that count. */
export type Call = () => number | Promise<number>;

/** What a peer can do. */
export interface Peer {
  version: string;
  fitXor: Call;
  createStep: (widths: number[], batch: number) => Call | Promise<Call>;
  createProduct: (size: number) => Call | Promise<Call>;
}

const MLPS: Record<string, [widths: number[], batch: number]> = {
  "mlp-32": [[784, 512, 512, 10], 32],
  "mlp-128": [[784, 512, 512, 10], 128],
  "mlp-512": [[784, 512, 512, 10], 512],
  "small-32": [[20, 64, 64, 3], 32],
};
const PRODUCTS: Record<string, number> = { "matmul-512": 512, "matmul-1024": 1024 };

/** The four samples of XOR. */
export const xorX: Float32Array = Float32Array.of(0, 0, 0, 1, 1, 0, 1, 1);
/** Their labels. */
export const xorY: Float32Array = Float32Array.of(0, 1, 1, 0);

/** `count` numbers in [from, to). */
export function drawUniform(count: number, from: number, to: number): Float32Array {
  let state = 1;
  return Float32Array.from({ length: count }, () => {
    state = state * 48271 % 2147483647;
    return from + (to - from) * state / 2147483647;
  });
}

/** A Glorot uniform kernel of `inputs` × `units`. */
export function drawKernel(inputs: number, units: number): Float32Array {
  const limit = Math.sqrt(6 / (inputs + units));
  return drawUniform(inputs * units, -limit, limit);
}

/** Random samples with one-hot labels, in pairs of equal inputs and different labels, as bench/lib/create_mlp.ts says. */
export function drawSamples(rows: number, width: number, classes: number): { x: Float32Array; y: Float32Array } {
  const x = drawUniform(rows * width, -1, 1);
  const y = new Float32Array(rows * classes);
  const labels = drawUniform(rows, 0, classes).map(Math.floor);
  for (let row = 0; row < rows; row++) {
    if (row % 2 === 1) {
      x.copyWithin(row * width, (row - 1) * width, row * width);
      labels[row] = (labels[row - 1] + 1) % classes;
    }
    y[row * classes + labels[row]] = 1;
  }
  return { x, y };
}

/** Makes a call that times `work`. */
export function timeOf(work: () => unknown): Call {
  return async () => {
    const start = performance.now();
    const result = work();
    if (result instanceof Promise) await result;
    return performance.now() - start;
  };
}

/** Does what the command line asks, and ends the process. */
export async function runPeer(peer: Peer): Promise<never> {
  const name = Deno.args[0];
  if (name === "version") console.log(JSON.stringify({ version: peer.version }));
  else if (name === "cold") await peer.fitXor();
  else console.log(JSON.stringify(summarize(await sampleCalls(await createCall(peer, name)))));
  Deno.exit(0);
}

async function createCall(peer: Peer, name: string): Promise<Call> {
  if (name === "xor") return peer.fitXor;
  if (name in MLPS) return await peer.createStep(...MLPS[name]);
  if (name in PRODUCTS) return await peer.createProduct(PRODUCTS[name]);
  throw new RangeError(`Cannot run the peer: unknown workload "${name}"`);
}
