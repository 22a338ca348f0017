/** A parameter of an operation. */
export interface Parameter {
  /**
   * `P` an array that is written, `R` one that is read, `Q` one that is read and may be null, `W` a matrix that is packed, `S` working
   * memory, `T` the same that may be null, `V` and `U` walks that are written and read, `Y` and `X` walks that are added to and read; `C` a count of at least 1, `N` one of at least 0,
   * `F` a number, `I` a whole one; `<` and `Z` stand for −Infinity and 0, and are no arguments of a call.
   */
  readonly letter: string;
  /**
   * The extent of an array: products of parameters, by their numbers, to be added up; a number from `ROUNDED` on is of one that is rounded up.
   * Of `W`, rows and columns. Of a walk one product: the offset, then size and stride of every axis.
   */
  readonly terms: Sum;
  /**
   * How many elements an array reaches, given all arguments; Infinity where it may not go. Kernels that work by whole vectors go up to 3
   * elements further.
   */
  reach(args: readonly number[]): number;
}

/** As `reach`, for a walk: its offset, then size and stride of every axis. Of a whole one no element is met twice. */
export type WalkReach = (walk: readonly number[], isWhole: boolean) => number;

/** Products of parameters to be added up. */
export type Sum = readonly (readonly number[])[];

/** An operation that a compiled model may call. */
export interface Operation {
  /** The wasm kernel's opcode. */
  readonly opcode: number;
  readonly parameters: readonly Parameter[];
  /** What must hold between counts, as the list writes it. */
  readonly checks: readonly string[];
}

/** Added to the number of a parameter that is rounded up to a multiple of 8. */
const ROUNDED = 36;

/** The operations by name, and the opcode of the kernel that packs a matrix: packed, b, k, n. */
export interface Operations {
  readonly operations: ReadonlyMap<string, Operation>;
  readonly packOpcode: number;
}

/**
 * Reads the list of operations that the build writes (`tools/emit_edge_operations.ts`).
 *
 * @param reachOfWalk for a list that has walks
 */
export function readOperations(text: string, reachOfWalk?: WalkReach): Operations {
  const operations = new Map<string, Operation>();
  let opcode = 0, packOpcode = 0;
  for (const entry of text.split(",")) {
    const [, same, name, row = "P2R2N"] = /^(\^?)(\w+) ?(.+)?$/.exec(entry)!;
    if (same === "") opcode++;
    if (row === "-") {
      packOpcode = opcode;
      continue;
    }
    const [parameters, ...checks] = row.split("!");
    operations.set(name, {
      opcode,
      checks,
      parameters: parameters.match(/[^a-z\d.'][a-z\d.']*/g)!.map(([letter, ...extent]): Parameter => {
        const terms = readSum(extent.join(""));
        const reach = "VUXY".includes(letter)
          ? (args: readonly number[]) => reachOfWalk!(terms[0].map((i) => args[i]), "VX".includes(letter))
          : (args: readonly number[]) => addUp(terms, args);
        return { letter, terms, reach };
      }),
    });
  }
  return { operations, packOpcode };
}

/** Reads a sum from the list. */
export function readSum(text: string): Sum {
  return text.split(".").map((term) =>
    (term.match(/'?./g) ?? []).map((digits) => digits[1] ? parseInt(digits[1], 36) + ROUNDED : parseInt(digits, 36))
  );
}

/** Whether it is an address. */
export function isArray({ letter }: Parameter): boolean {
  return "PRQWSTVUXY".includes(letter);
}

/** The value of a sum, given all arguments. */
export function addUp(sum: Sum, args: readonly number[]): number {
  return sum.reduce((total, term) => {
    return total +
      term.reduce((product, i) => product * (i < ROUNDED ? args[i] : Math.ceil(args[i - ROUNDED] / 8) * 8), 1);
  }, 0);
}
