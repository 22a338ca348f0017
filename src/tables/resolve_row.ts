import { describeFactory } from "../errors/describe_factory.ts";
import { findRow } from "./find_row.ts";
import type { Row } from "./row.ts";

/** What stands for something of a table: a name, its saved form, or the thing itself. */
export interface RowKind<Made> {
  /** What the table holds, in the singular: `initializer`. */
  readonly kind: string;
  readonly table: Readonly<Record<string, Row<object, Made>>>;
  /** Whether an object is the thing itself. */
  readonly isMade: (spec: object) => boolean;
  /** How a factory is called, for messages: `initializers.heNormal()`. */
  readonly call: string;
}

/**
 * The thing that a name in any spelling, its saved form `{ id, config }` or itself stands for.
 *
 * @throws {RangeError} If there is none of that name; the message lists those that exist.
 * @throws {TypeError} If it is none of these, or has an unknown option.
 */
export function resolveRow<Made>(spec: unknown, { kind, table, isMade, call }: RowKind<Made>): Made {
  if (typeof spec === "string") return findRow(kind, spec, table).create();
  if (typeof spec === "object" && spec !== null && "id" in spec) {
    if (isMade(spec)) return spec as Made;
    const { id, config } = spec as { readonly id: string; readonly config?: object };
    return findRow(kind, id, table).create(config); // every factory checks its options
  }
  const article = /^[aeiou]/.test(kind) ? "an" : "a";
  const rule = `${article} ${kind} must be a name, an object from ${kind}s.*, or { id, config }`;
  throw new TypeError(`Cannot resolve ${kind}: ${rule}, got ${describeFactory(spec, call)}`);
}
