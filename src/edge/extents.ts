import { formulas } from "./gen/formulas.ts";
import { edgeKernels } from "../memory/gen/edge_kernels.ts";

/** An operation that a compiled model may call. */
export interface Operation {
  /** One letter a parameter: `p` address, `i` count, `f` number. */
  readonly signature: string;
  /** The wasm kernel's opcode; 0 for `matmul`, which is more than one. */
  readonly opcode: number;
  /**
   * How many elements each address reaches, in the order of the parameters, from all arguments. The first is written. Kernels that
   * work by whole vectors reach up to a multiple of 4.
   */
  readonly extents: (args: readonly number[]) => readonly number[];
}

const last = (args: readonly number[], fromEnd = 1): number => args[args.length - fromEnd];
/** All arrays are rows · width long. */
const rows = (args: readonly number[]): number[] => args.map(() => last(args) * last(args, 2));
const matmul = ([, , , , m, n, k]: readonly number[]): number[] => [m * n, m * k, k * n, n];

/** The reach of the kernels that are not elementwise. */
const special: Readonly<Record<string, Operation["extents"]>> = {
  softmax: rows,
  log_softmax: rows,
  l2_normalize: rows,
  // y, x, s, o, rows, width
  scale_columns: ([, , , , r, w]) => [r * w, r * w, w, w],
  // y, x, s, rows, width
  scale_rows: ([, , , r, w]) => [r * w, r * w, r],
  // y, x, scale, rows, width
  sum_rows: ([, , , r, w]) => [r, r * w],
  // y, x, rows, width
  max_rows: ([, , r, w]) => [r, r * w],
};

/** The operations by name, and the opcodes of the kernels by name. */
export function listOperations(): { operations: Map<string, Operation>; opcodes: Map<string, number> } {
  const operations = new Map<string, Operation>();
  const opcodes = new Map<string, number>();
  edgeKernels.split(",").forEach((entry, index) => {
    const [kernel, signature] = entry.split(" ");
    opcodes.set(kernel, index + 1);
    const name = kernel.replace("_forward", "");
    if (Object.hasOwn(formulas, name)) {
      operations.set(name, { signature, opcode: index + 1, extents: (args) => args.map(() => Math.ceil(last(args) / 4) * 4) });
    } else if (Object.hasOwn(special, name)) {
      operations.set(name, { signature, opcode: index + 1, extents: special[name] });
    }
  });
  const product = { signature: "ppppiii", opcode: 0, extents: matmul };
  operations.set("matmul", product);
  operations.set("matmul_relu", product);
  return { operations, opcodes };
}
