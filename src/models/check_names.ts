import { describeValue } from "../errors/describe_value.ts";
import { hasControlCharacters } from "../errors/has_control_characters.ts";
import { formatShape } from "../tensor/format_shape.ts";
import type { Signature } from "../data/signature.ts";

/**
 * Checks the names of what a model takes or gives.
 *
 * @param what What is being done: `create sequential model`.
 * @param option What the names are called: `columns`.
 * @param names The names, or undefined for none.
 * @returns A copy that does not change; null for none.
 * @throws {TypeError} If they are no array of strings.
 * @throws {RangeError} If one has characters that control a terminal.
 */
export function checkNames(what: string, option: string, names: unknown): readonly string[] | null {
  if (names === undefined || names === null) return null;
  if (!Array.isArray(names) || !names.every((name) => typeof name === "string")) {
    throw new TypeError(`Cannot ${what}: ${option} must be an array of strings, got ${describeValue(names)}`);
  }
  const bad = names.find(hasControlCharacters);
  if (bad !== undefined) {
    throw new RangeError(`Cannot ${what}: ${option} must have no control characters, got ${JSON.stringify(bad)}`);
  }
  return Object.freeze([...names]);
}

/** A model, as far as its names go. */
interface Named {
  readonly name: string;
  readonly columns: readonly string[] | null;
  readonly labels: readonly string[] | null;
}

/**
 * Checks that a model has one name for every element of the last axis of what it takes and gives.
 *
 * @throws {TypeError} If there are more or fewer, or the model has several inputs or outputs.
 */
export function checkNameCounts({ name, columns, labels }: Named, { inputs, outputs }: Signature): void {
  for (const [option, names, ports] of [["columns", columns, inputs], ["labels", labels, outputs]] as const) {
    if (names === null) continue;
    if (ports.length > 1) {
      throw new TypeError(
        `Cannot build model "${name}": ${option} go with one ${
          option === "columns" ? "input" : "output"
        }, got ${ports.length}: ` +
          ports.map((port) => port.name).join(", "),
      );
    }
    const [{ shape }] = ports;
    const size = shape.length === 0 ? 1 : shape[shape.length - 1];
    if (names.length === size) continue;
    throw new TypeError(
      `Cannot build model "${name}": ${option} must have one name for each of the ${
        size ?? "unknown number of"
      } elements of the last axis of ` +
        `${formatShape([null, ...shape])}, got ${names.length}`,
    );
  }
}
