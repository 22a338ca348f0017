import type { KernelCall } from "../../src/ops/op.ts";
import { reachOf } from "../../tools/kernel_expression.ts";
import { readKernels } from "../../tools/read_kernels.ts";

const kernels = new Map((await readKernels()).map((kernel) => [kernel.name, kernel]));

/** The arguments of a call that are numbers, by name, where one thread does it all. */
function valuesOf({ kernel, args, split }: KernelCall): Record<string, number> {
  const values: Record<string, number> = {};
  kernels.get(kernel)!.parameters.forEach(({ name }, i) => {
    const arg = args[i];
    if (typeof arg === "number") values[name] = arg;
    else if (arg.kind === "count") values[name] = (split?.extent ?? 1) * arg.times;
    else if (arg.kind === "begin") values[name] = 0;
  });
  return values;
}

/** The floating-point operations of a matrix product; 0 for other calls. */
export function flopsOf(call: KernelCall): number {
  if (!/^(batch_)?matmul/.test(call.kernel)) return 0;
  const { count = 1, m, n, k } = valuesOf(call);
  return 2 * count * m * n * k;
}

/** The bytes that a call touches, as the row of its kernel states them: of every array that it reads or writes, what it reaches. */
export function bytesOf(call: KernelCall): number {
  const values = valuesOf(call);
  let elements = 0;
  kernels.get(call.kernel)!.parameters.forEach((parameter, i) => {
    const arg = call.args[i];
    if (parameter.kind !== "array" || typeof arg === "number" || arg.kind === "none") return;
    const size = reachOf(parameter.extent, values).axes.reduce((product, [steps]) => product * steps, 1);
    elements += size * (parameter.access === "updated" ? 2 : 1);
  });
  return 4 * elements;
}
