import type { Json } from "../tensor/json.ts";

/**
 * The saved form of an activation, an initializer, a regularizer or a constraint: its id and options, and `custom: true` where the table
 * does not know it, so that a reader can tell what is the user's own from what is damaged. Null for none.
 */
export function savePart(
  row: { readonly id: string; readonly config?: Readonly<Record<string, Json>> } | null,
  table: Readonly<Record<string, unknown>>,
): Json {
  if (row === null) return null;
  return { id: row.id, config: { ...row.config }, ...(Object.hasOwn(table, row.id) ? {} : { custom: true }) };
}
