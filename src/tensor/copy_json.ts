import type { Json } from "./json.ts";

/** A deep copy, as a file would bring it back. */
export function copyJson<T extends Readonly<Record<string, Json>>>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
