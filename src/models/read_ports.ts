import { checkName } from "../errors/check_name.ts";
import { describeValue } from "../errors/describe_value.ts";
import { LayerOutput } from "../layers/layer_output.ts";

/** Inputs or outputs of a model: one, a list, or a record by name. */
export type LayerOutputs = LayerOutput | readonly LayerOutput[] | Readonly<Record<string, LayerOutput>>;

/** Inputs or outputs in order, and their form: one, a list, or the names of a record. */
export interface ReadPorts {
  readonly ports: readonly LayerOutput[];
  readonly form: "one" | "list" | readonly string[];
}

/**
 * Reads what a model was given as `inputs` or `outputs`.
 *
 * @throws {TypeError} If it is nothing of the kind, or empty
 */
export function readPorts(what: string, which: "inputs" | "outputs", given: unknown): ReadPorts {
  if (given instanceof LayerOutput) return { ports: [given], form: "one" };
  const isList = Array.isArray(given);
  const entries: [string, unknown][] = typeof given === "object" && given !== null ? Object.entries(given) : [];
  if (entries.length === 0 || !entries.every(([, port]) => port instanceof LayerOutput)) {
    throw new TypeError(
      `Cannot ${what}: ${which} must be what input() or a layer's apply gives, a list of it, or a record by name, got ${
        describeValue(given)
      }`,
    );
  }
  const ports = entries.map(([, port]) => port as LayerOutput);
  return { ports, form: isList ? "list" : entries.map(([name]) => checkName(`${what}: ${which}`, name)) };
}
