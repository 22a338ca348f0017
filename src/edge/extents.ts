import { formulas } from "./gen/formulas.ts";
import { edgeKernels } from "../memory/gen/edge_kernels.ts";

/** An operation that a compiled model may call. */
export interface Operation {
  /** One letter a parameter: `p` address, `i` count, `f` number. */
  readonly signature: string;
  /** The wasm kernel's opcode. */
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
const byColumn = ([, , , , r, w]: readonly number[]): number[] => [r * w, r * w, w, w];
const matmul = ([, , , , m, n, k]: readonly number[]): number[] => [m * n, m * k, k * n, n];

/** The operations that multiply matrices. */
export const PRODUCTS: readonly string[] = ["matmul", "matmul_relu"];

/** The reach of the kernels that are not elementwise. */
const special: Readonly<Record<string, Operation["extents"]>> = {
  // packed, b, k, n; not for files, which have no packed arrays
  edge_pack: () => [Infinity, Infinity],
  softmax: rows,
  log_softmax: rows,
  l2_normalize: rows,
  // y, x, s, o, rows, width
  scale_columns: byColumn,
  // y, x, m, s, rows, width
  normalize_columns: byColumn,
  // y, x, m, s, o, rows, width
  normalize_columns_offset: ([, , , , , r, w]) => [r * w, r * w, w, w, w],
  // y, x, s, rows, width
  scale_rows: ([, , , r, w]) => [r * w, r * w, r],
  // y, x, scale, rows, width
  sum_rows: ([, , , r, w]) => [r, r * w],
  // y, x, rows, width
  max_rows: ([, , r, w]) => [r, r * w],
};

/** y and x are of one length, up to whole vectors. */
const elementwise = (args: readonly number[]): number[] => args.map(() => Math.ceil(last(args) / 4) * 4);

/** The operations by name. The kernel of `matmul` and `matmul_relu` takes one argument more than they: the least value. */
export function listOperations(): Map<string, Operation> {
  const operations = new Map<string, Operation>();
  edgeKernels.split(",").forEach((entry, index) => {
    const opcode = index + 1;
    const [name, signature] = entry.split(" ");
    if (name === "edge_matmul") {
      for (const product of PRODUCTS) operations.set(product, { signature: "ppppiii", opcode, extents: matmul });
    } else {
      operations.set(name, { signature, opcode, extents: Object.hasOwn(formulas, name) ? elementwise : special[name] });
    }
  });
  return operations;
}
