import { escapeControlCharacters } from "./escape_control_characters.ts";

const LONGEST_STRING = 40;
const MOST_ITEMS = 3;

/**
 * A short text for the "got …" part of an error: numbers as they are, strings quoted and cut, arrays as
 * `[2, 3, 4, …] (5 items)`, tensors by shape, functions by name. It never throws and never runs user code.
 *
 * @param value Anything.
 * @returns One line, at most about 120 characters.
 */
export function describeValue(value: unknown): string {
  return escapeControlCharacters(describe(value, 0));
}

function describe(value: unknown, depth: number): string {
  if (value === null) return "null";
  switch (typeof value) {
    case "string":
      return describeString(value);
    case "number":
      return Object.is(value, -0) ? "-0" : String(value);
    case "bigint":
      return `${value}n`;
    case "function":
      return value.name === "" ? "a function" : `function ${cut(String(value.name))}`;
    case "object":
      return describeObject(value, depth);
    default:
      return String(value); // undefined, boolean, symbol
  }
}

function cut(text: string): string {
  return text.length <= LONGEST_STRING ? text : `${text.slice(0, LONGEST_STRING)}…`;
}

function describeString(value: string): string {
  const quoted = JSON.stringify(value.slice(0, LONGEST_STRING));
  return value.length <= LONGEST_STRING ? quoted : `${quoted.slice(0, -1)}…" (${value.length} characters)`;
}

function describeObject(value: object, depth: number): string {
  try {
    if (Array.isArray(value)) return describeItems(value, "", depth);
    const type = Object.getPrototypeOf(value)?.constructor?.name ?? "object";
    if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
      return describeItems(value as unknown as ArrayLike<unknown>, `${type} `, depth);
    }
    const shape = (value as { shape?: unknown }).shape;
    if ("data" in value && Array.isArray(shape)) return `a tensor of shape [${shape.join(", ")}]`;
    if (value instanceof Error) return `${type}: ${cut(value.message)}`;
    if (type === "") return "next" in value ? "an iterator" : "an object of a class without a name";
    if (type !== "Object" && type !== "object") return `an object of class ${cut(type)}`;
    const keys = Object.keys(value);
    const shown = keys.slice(0, MOST_ITEMS).map(cut).join(", ");
    return keys.length === 0 ? "{}" : `{ ${shown}${keys.length > MOST_ITEMS ? ", …" : ""} }`;
  } catch {
    return "an object"; // a proxy or a getter that throws
  }
}

function describeItems(items: ArrayLike<unknown>, prefix: string, depth: number): string {
  const count = items.length;
  if (depth > 1) return `${prefix}[…] (${count} items)`;
  const shown: string[] = [];
  for (let i = 0; i < Math.min(count, MOST_ITEMS); i++) shown.push(describe(items[i], depth + 1));
  return count <= MOST_ITEMS
    ? `${prefix}[${shown.join(", ")}]`
    : `${prefix}[${shown.join(", ")}, …]${depth === 0 ? ` (${count} items)` : ""}`;
}
