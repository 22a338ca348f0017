import { edgeOperations } from "../kernels/gen/edge_kernels.ts";

/** A parameter of an operation. */
export interface Parameter {
  /**
   * `P` an array that is written, `p` one that is read, `q` one that is read and may be null, `W` a matrix that is packed; `c` a count of at
   * least 1, `n` one of at least 0, `f` a number; `<` and `z` stand for −Infinity and 0, and are no arguments of a call.
   */
  readonly letter: string;
  /** The extent of an array: products of parameters, by their numbers, to be added up. Of `W`, rows and columns. */
  readonly terms: readonly (readonly number[])[];
}

/** An operation that a compiled model may call. */
export interface Operation {
  /** The wasm kernel's opcode. */
  readonly opcode: number;
  readonly parameters: readonly Parameter[];
}

/** The operations by name, and the opcode of the kernel that packs a matrix: packed, b, k, n. */
export const { operations, packOpcode }: {
  readonly operations: ReadonlyMap<string, Operation>;
  readonly packOpcode: number;
} = readOperations();

function readOperations(): { operations: ReadonlyMap<string, Operation>; packOpcode: number } {
  const operations = new Map<string, Operation>();
  let opcode = 0, packOpcode = 0;
  for (const entry of edgeOperations.split(",")) {
    const [, same, name, text = "P2p2n"] = /^(\^?)(\w+) ?(.+)?$/.exec(entry)!;
    if (same === "") opcode++;
    if (text === "-") {
      packOpcode = opcode;
      continue;
    }
    const parameters = text.match(/\D[\d.]*/g)!.map(([letter, ...digits]): Parameter => {
      return { letter, terms: digits.join("").split(".").map((term) => [...term].map(Number)) };
    });
    operations.set(name, { opcode, parameters });
  }
  return { operations, packOpcode };
}

/** Whether it is an address. */
export function isArray({ letter }: Parameter): boolean {
  return "PpqW".includes(letter);
}

/** How many elements an array reaches, given all arguments. Kernels that work by whole vectors go up to 3 elements further. */
export function reachOf({ terms }: Parameter, args: readonly number[]): number {
  return terms.reduce((sum, term) => sum + term.reduce((product, i) => product * args[i], 1), 0);
}
