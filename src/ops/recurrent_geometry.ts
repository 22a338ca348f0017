import { formatShape } from "../tensor/format_shape.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Attributes, Symbolic } from "../tensor/symbolic.ts";
import { batchUnits } from "./batch_units.ts";
import { checkShapes } from "./check_shapes.ts";
import { byBatch, type Split } from "./op.ts";
import type { RecurrentCell } from "./recurrent_cell.ts";

/** The attributes of recurrent ops, and of their backward passes. */
export const RECURRENT_ATTRIBUTES: readonly string[] = [
  "inputs",
  "activation",
  "recurrentActivation",
  "reverse",
  "sequences",
  "zeroOutput",
];

/** Elements of own scratch that cells take, besides 4 · units: `asm/tile/cells.ts`. */
export const CELL_WORK = 76;

/** The sizes of a recurrent op. */
export interface RecurrentSizes {
  readonly rows: number;
  readonly steps: number;
  readonly units: number;
  /** How many steps' outputs are given: all, or the last one. */
  readonly outputs: number;
}

/** The sizes, from the shapes of z (or of its gradient) [rows, steps, gates · units] and the recurrent kernel. @throws {TypeError} if they do not fit */
export function recurrentSizes(
  { name, gates }: Pick<RecurrentCell, "name" | "gates">,
  z: Shape,
  kernel: Shape,
  attributes: Attributes,
): RecurrentSizes {
  const [units] = kernel;
  checkShapes(`apply ${name}`, "the recurrent kernel must be [units, gates · units]", [units, gates * units], kernel);
  if (z.length !== 3 || z[2] !== gates * units || z[1] < 1) {
    throw new TypeError(
      `Cannot apply ${name}: z must be [batch, steps, ${gates * units}] with at least one step, got ${formatShape(z)}`,
    );
  }
  return { rows: z[0], steps: z[1], units, outputs: attributes.sequences === true ? z[1] : 1 };
}

/** The shape of the outputs. */
export function outputShape({ rows, steps, units }: RecurrentSizes, attributes: Attributes): Shape {
  return attributes.sequences === true ? [rows, steps, units] : [rows, units];
}

/** Finds what is given behind the first inputs, by the names in the attribute `inputs`; undefined for what is not. */
export function namedInputs<T>(
  attributes: Attributes,
  others: readonly T[],
): (name: string) => T | undefined {
  const names = attributes.inputs as readonly string[];
  return (name) => names.includes(name) ? others[names.indexOf(name)] : undefined;
}

/** Checks the shapes of what is given by name. */
export function checkNamed(
  op: string,
  attributes: Attributes,
  others: readonly Shape[],
  wanted: Readonly<Record<string, Shape>>,
): void {
  const names = attributes.inputs as readonly string[];
  if (names.length !== others.length) {
    throw new TypeError(`Cannot apply ${op}: inputs names ${names.length} tensors, got ${others.length}`);
  }
  names.forEach((name, i) => {
    if (!Object.hasOwn(wanted, name)) throw new TypeError(`Cannot apply ${op}: there is no input "${name}"`);
    checkShapes(`apply ${op}`, `${name} must fit`, wanted[name], others[i]);
  });
}

/** How threads share the rows, and how many rows a unit of the split has. */
export function splitRecurrent(node: Symbolic, rows: number): { readonly split: Split; readonly per: number } {
  const units = batchUnits(node, [rows]);
  return { split: byBatch(units), per: rows / Math.max(units, 1) };
}
