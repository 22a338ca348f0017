import { describeValue } from "../errors/describe_value.ts";
import { nearestName } from "../errors/nearest_name.ts";

/**
 * What a record says of each port, in the order of the ports; undefined where it says nothing.
 *
 * @param task what is done, as a verb phrase: `use x`
 * @param kind what the ports are called: `input`
 * @throws {RangeError} If it names a port that is not there: `Cannot use x: there is no input "imge"; did you mean "image"? …`
 */
export function sortByPort<T>(
  task: string,
  record: Readonly<Record<string, T>>,
  names: readonly string[],
  kind: "input" | "output",
): (T | undefined)[] {
  const unknown = Object.keys(record).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const nearest = nearestName(unknown, names);
    const hint = nearest === undefined ? "." : `; did you mean "${nearest}"?`;
    const list = `${kind === "input" ? "Inputs" : "Outputs"} are: ${names.join(", ")}`;
    throw new RangeError(`Cannot ${task}: there is no ${kind} ${describeValue(unknown)}${hint} ${list}`);
  }
  return names.map((name) => Object.hasOwn(record, name) ? record[name] : undefined);
}
