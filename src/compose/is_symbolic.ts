import type { Symbolic } from "../tensor/symbolic.ts";

/** Whether a value is a node of some graph. */
export function isSymbolic(value: unknown): value is Symbolic {
  return typeof value === "object" && value !== null && "op" in value && "graph" in value && "inputs" in value;
}
