import { describeValue } from "../errors/describe_value.ts";
import { Tensor } from "../tensor/tensor.ts";
import type { SampleInput } from "./data_input.ts";
import type { Port } from "./signature.ts";
import { sortByPort } from "./sort_by_port.ts";

/** Whose data are sorted. */
export interface DataPorts {
  /** `x` or `y`. */
  readonly name: "x" | "y";
  readonly ports: readonly Pick<Port, "name">[];
  /** The outputs that are trained, and so need data; null: all ports. */
  readonly targets: readonly { readonly output: number }[] | null;
}

/**
 * The data of each port that needs some, from what a user gave: data for the only one, a list, or a record by name. What is given for an output
 * that is not trained is not looked at.
 *
 * @throws {TypeError} If a port has no data, or a list has another length; RangeError for the name of a port that is not there
 */
export function sortData(given: unknown, { name, ports, targets }: DataPorts): readonly SampleInput[] {
  if ((targets ?? ports).length === 1 && isPlain(given, ports.length)) return [given as SampleInput];
  const needed = targets?.map(({ output }) => output) ?? ports.map((_, i) => i);
  const kind = name === "x" ? "input" : "output";
  const names = ports.map((port) => port.name);
  const task = `use ${name}`;
  const list = (of: readonly number[]): string => of.map((i) => names[i]).join(", ");
  const found = isRecord(given, names)
    ? sortByPort(task, given, names, kind)
    : Array.isArray(given) && (needed.length > 1 || isListOfPorts(given, ports.length))
    ? given.length === ports.length ? given : sortTrained(given, needed)
    : null;
  if (found === null) {
    if (needed.length === 1) return [given as SampleInput];
    const what = Array.isArray(given) ? `a list of ${given.length}` : describeValue(given);
    throw new TypeError(
      `Cannot ${task}: the model has ${needed.length} ${kind}s${
        name === "y" ? " to be trained" : ""
      }, so ${name} must be ` +
        `a list of as many, or an object by their names (${list(needed)}), got ${what}`,
    );
  }
  return needed.map((i) => {
    const data = found[i];
    if (data !== undefined && data !== null) return data as SampleInput;
    throw new TypeError(
      `Cannot ${task}: ${kind} "${names[i]}" needs ${name === "x" ? "data" : "a target"}, but ${name} has none for it`,
    );
  });
}

/** Whether data can be those of one port alone: a tensor, a typed array, or nested arrays of numbers. */
function isPlain(given: unknown, ports: number): boolean {
  // A tensor in a list is the data of the only port, or one sample of it: its shape says which.
  if (Array.isArray(given)) return !isListOfPorts(given, ports) || ports === 1 && given[0] !== null;
  return given instanceof Tensor || ArrayBuffer.isView(given);
}

/** Whether an array is a list with an entry for each port, or for the only one that needs data: nested arrays of numbers hold neither null nor tensors. */
function isListOfPorts(given: readonly unknown[], ports: number): boolean {
  return (given.length === ports || given.length === 1) &&
    given.some((entry) => entry === null || entry instanceof Tensor);
}

/** A list with an entry for each output that is trained, among all of them. */
function sortTrained(given: readonly unknown[], needed: readonly number[]): readonly unknown[] | null {
  if (given.length !== needed.length) return null;
  const found: unknown[] = [];
  needed.forEach((i, k) => found[i] = given[k]);
  return found;
}

/** Whether data are a record by the names of ports, and no tensor. */
export function isRecord(given: unknown, names: readonly string[]): given is Readonly<Record<string, unknown>> {
  if (typeof given !== "object" || given === null || Array.isArray(given) || ArrayBuffer.isView(given)) return false;
  const prototype = Object.getPrototypeOf(given);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return false;
  const keys = Object.keys(given);
  return keys.length > 0 && (!("data" in given) || keys.every((key) => names.includes(key)));
}
