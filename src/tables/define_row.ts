import type { Row } from "./row.ts";

/** A row as it is written down: aliases may be left out. */
type Written<R extends Row> = Omit<R, "aliases"> & Partial<Pick<R, "aliases">>;

/**
 * Defines a row of a table. It is exported as `<factory>Row` beside its factory; one line in the room's module (`export { huber } from
 * "./huber.ts"`) puts it into the table, which `deno task build` writes to `gen/table.ts`, with the union of names.
 */
export function defineRow<R extends Row>(row: Written<R>): R {
  return Object.freeze({ aliases: [], ...row }) as unknown as R;
}
