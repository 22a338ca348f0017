import type { Builder, Symbolic } from "../tensor/symbolic.ts";

/** Adds the elementwise formula `name` of parts of a variable, with its scalars by name. Threads share it by elements. */
export function mapElements(
  g: Builder,
  name: string,
  inputs: readonly Symbolic[],
  scalars: Readonly<Record<string, number>> = {},
): Symbolic {
  return g.apply("map", inputs, { formula: name, scalars, axis: "parameter" });
}
