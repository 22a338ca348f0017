import type { OptionValue, OptionValues } from "./configuration.ts";
import type { Field, Fields } from "./field.ts";

/** Something of an address that could not be used, and what was taken instead. */
export interface Problem {
  /** Where: `layers[0].options.units`. */
  readonly path: string;
  readonly rule: Rule;
  /** What is allowed, as far as it is a matter of numbers or names. */
  readonly allowed: string;
  /** What was found, as text that may hold anything: to be shown as text. */
  readonly found: string;
}

/** What was broken: the page has words for each in its languages. */
export type Rule =
  | "unknown"
  | "number"
  | "integer"
  | "boolean"
  | "choice"
  | "list"
  | "object"
  | "too_many"
  | "text"
  | "unreadable";

/** Notes what is wrong. */
export type Report = (problem: Problem) => void;

/** What was found, short enough to be shown. */
export function showFound(value: unknown): string {
  let text: string;
  try {
    text = typeof value === "string" ? JSON.stringify(value) : JSON.stringify(value) ?? String(value);
  } catch {
    text = typeof value;
  }
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

/** Whether a value is a plain object, as JSON makes them. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a field allows a value, and what it allows. */
export function checkField(field: Field, value: unknown): { readonly rule: Rule; readonly allowed: string } | null {
  if (field.kind === "boolean") return typeof value === "boolean" ? null : { rule: "boolean", allowed: "true, false" };
  if (field.kind === "choice") {
    const isKnown = typeof value === "string" && field.choices.includes(value);
    return isKnown ? null : { rule: "choice", allowed: field.choices.join(", ") };
  }
  if (value === null && field.isOptional) return null;
  const { min, max, isInteger, isAbove, isBelow } = field;
  const fits = typeof value === "number" && Number.isFinite(value) && value >= min && value <= max &&
    !(isAbove && value === min) && !(isBelow && value === max) && !(isInteger && !Number.isInteger(value));
  if (fits) return null;
  return {
    rule: isInteger ? "integer" : "number",
    allowed: `${min}${isAbove ? " <" : ""} … ${isBelow ? "< " : ""}${max}`,
  };
}

/** The value of a field, or `fallback` and a problem. */
export function readField<T extends OptionValue>(
  field: Field,
  value: unknown,
  fallback: T,
  path: string,
  report: Report,
): T {
  if (value === undefined) return fallback;
  const wrong = checkField(field, value);
  if (wrong === null) return value as T;
  report({ path, ...wrong, found: showFound(value) });
  return fallback;
}

/** Options by their fields: those that are unknown or wrong are left out and reported, as are those that are the default. */
export function readOptions(fields: Fields, value: unknown, path: string, report: Report): OptionValues {
  if (value === undefined) return {};
  if (!isObject(value)) {
    report({ path, rule: "object", allowed: "{ }", found: showFound(value) });
    return {};
  }
  const options: [string, OptionValue][] = [];
  for (const [name, given] of Object.entries(value)) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (field === undefined) {
      const allowed = Object.keys(fields).join(", ");
      report({ path: `${path}.${showName(name)}`, rule: "unknown", allowed, found: showFound(name) });
      continue;
    }
    const read = readField(field, given, field.initial, `${path}.${name}`, report);
    if (read !== field.initial) options.push([name, read]);
  }
  return Object.fromEntries(options);
}

/** A name from an address, short enough to be shown. */
function showName(name: string): string {
  return name.length > 40 ? `${name.slice(0, 39)}…` : name;
}
