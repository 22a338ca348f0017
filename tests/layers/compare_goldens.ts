import { assert, assertEquals } from "@std/assert";
import { layers } from "../../mod.ts";
import { type Numbers, runLayer } from "./run_layer.ts";

/** One case of a file of golden values: a layer without weights, its inputs, and Σ dy · y's gradients by each. */
interface Golden {
  readonly layer: string;
  readonly options: layers.LayerOptions;
  readonly inputs: Numbers[];
  readonly y: Numbers;
  readonly dy: Numbers;
  readonly dx: Numbers[];
}

/** Checks that numbers are what they should be, to a tolerance relative to the largest, or to 1. */
export function compare(what: string, found: ArrayLike<number>, want: readonly number[], tolerance: number): void {
  assertEquals(found.length, want.length, what);
  const scale = want.reduce((a, b) => Math.max(a, Math.abs(b)), 1);
  want.forEach((w, i) => assert(Math.abs(found[i] - w) <= tolerance * scale, `${what} [${i}]: ${found[i]}, not ${w}`));
}

/** Holds layers against a file of golden values, forward and backward: in float64, and by the kernels to 16 roundings of float32 or more. */
export async function compareGoldens(file: string, roundings = 16): Promise<void> {
  const goldens: Golden[] = JSON.parse(await Deno.readTextFile(new URL(`../golden/${file}`, import.meta.url)));
  for (const { layer, options, inputs, y, dy, dx } of goldens) {
    const what = `${layer} ${JSON.stringify(options)} of ${inputs.map(({ shape }) => `[${shape}]`).join(" and ")}`;
    const create = layers[layer as "add"];
    const { shape, float64, kernels } = runLayer(create(options), inputs, dy.data);
    assertEquals(shape, y.shape, what);
    [y, ...dx].forEach(({ data }, i) => {
      compare(`result ${i} of ${what}`, float64[i], data, 1e-13);
      compare(`kernels' result ${i} of ${what}`, kernels[i], data, roundings * 2 ** -24);
    });
  }
}
