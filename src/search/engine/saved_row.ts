import type { Json } from "../../tensor/json.ts";

/** A row of a table in its saved form. */
export interface SavedRow {
  readonly id: string;
  readonly config: Readonly<Record<string, Json>>;
}

/** The saved form of a row. */
export function saveRow({ id, config }: SavedRow): SavedRow {
  return { id, config };
}
