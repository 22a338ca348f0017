import { lookUpName } from "../errors/look_up_name.ts";
import type { Row } from "./row.ts";

/**
 * The row of a table that a name stands for: its id or an alias, in snake_case, camelCase or PascalCase.
 *
 * @param kind What the table holds, in the singular: `loss`, `metric`.
 * @param name The name.
 * @param table The rows by id.
 * @throws {RangeError} If there is none; the message names the nearest and lists all.
 * @throws {TypeError} If the name is not a string.
 */
export function findRow<R extends Row>(kind: string, name: string, table: Readonly<Record<string, R>>): R {
  if (typeof name === "string" && Object.hasOwn(table, name)) return table[name];
  const rows = Object.values(table);
  const ids = rows.map((row) => [row.id, row] as const);
  const aliases = rows.flatMap((row) => row.aliases.map((alias) => [alias, row] as const));
  return lookUpName(kind, name, Object.fromEntries([...ids, ...aliases]));
}
