import type { Json } from "../tensor/json.ts";

/** The saved form of a row of a table: its id and options; null for none. */
export function saved(row: { readonly id: string; readonly config: Readonly<Record<string, Json>> } | null): Json {
  return row === null ? null : { id: row.id, config: { ...row.config } };
}
