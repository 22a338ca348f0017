import { describeValue } from "../errors/describe_value.ts";
import type { MetricResult } from "../metrics/metric.ts";

/**
 * Fills a template of Python's kind: `{epoch}`, `{epoch:02d}`, `{val_loss:.4f}`; `{{` and `}}` are braces. A format is
 * `[0][width][.digits][d|f|e|g|%]`; without a letter the number is written in full, or with `digits` significant digits.
 *
 * @param template The text with fields in braces.
 * @param values The value of every field that there is.
 * @returns The text with the fields filled.
 * @throws {RangeError} If a field has no value, a format is none of these, or a brace is unmatched.
 * @throws {TypeError} If a value is not a number, or `d` meets one that is not whole.
 */
export function fillTemplate(template: string, values: Readonly<Record<string, MetricResult>>): string {
  const task = `Cannot fill in the path ${JSON.stringify(template)}`;
  return template.replace(/\{\{|\}\}|\{([^{}]*)\}|[{}]/g, (match, field: string | undefined) => {
    if (match === "{{" || match === "}}") return match[0];
    if (field === undefined) throw new RangeError(`${task}: braces must come in pairs, got a single ${match}`);
    const colon = field.indexOf(":");
    const name = colon < 0 ? field : field.slice(0, colon);
    if (!Object.hasOwn(values, name)) {
      const names = Object.keys(values).join(", ");
      throw new RangeError(`${task}: a field must be one of ${names}, got ${describeValue(name)}`);
    }
    const value = values[name];
    if (typeof value !== "number") {
      throw new TypeError(`${task}: ${name} must be a number to be in a path, got ${describeValue(value)}`);
    }
    return formatNumber(value, colon < 0 ? "" : field.slice(colon + 1), task);
  });
}

/** Writes a number as Python's format() does. */
function formatNumber(value: number, format: string, task: string): string {
  const parts = /^(0?)(\d{0,2})(?:\.(\d{1,2}))?([dfeg%]?)$/.exec(format);
  if (parts === null || (parts[4] === "d" && parts[3] !== undefined)) {
    const rule = "a format must be [0][width][.digits][d|f|e|g|%]";
    throw new RangeError(`${task}: ${rule}, got ${describeValue(format)}`);
  }
  const [, zero, width, digits, letter] = parts;
  const text = writeNumber(value, digits === undefined ? undefined : Number(digits), letter, task);
  const missing = Math.max(0, Number(width) - text.length);
  if (zero === "") return " ".repeat(missing) + text;
  const sign = text.startsWith("-") ? "-" : "";
  return sign + "0".repeat(missing) + text.slice(sign.length);
}

function writeNumber(value: number, digits: number | undefined, letter: string, task: string): string {
  switch (letter) {
    case "d":
      if (Number.isInteger(value)) return String(value);
      throw new TypeError(`${task}: format d needs a whole number, got ${value}`);
    case "f":
      return value.toFixed(digits ?? 6);
    case "%":
      return `${(value * 100).toFixed(digits ?? 6)}%`;
    case "e":
      return padExponent(value.toExponential(digits ?? 6));
    case "g":
      return writeGeneral(value, digits ?? 6);
    default:
      return digits === undefined ? String(value) : writeGeneral(value, digits);
  }
}

/** At most so many significant digits, without trailing zeros. */
function writeGeneral(value: number, digits: number): string {
  const [mantissa, exponent] = value.toExponential(Math.max(1, digits) - 1).split("e");
  const power = Number(exponent);
  if (power < -4 || power >= Math.max(1, digits)) return padExponent(`${trimZeros(mantissa)}e${exponent}`);
  return trimZeros(value.toFixed(Math.max(0, Math.max(1, digits) - 1 - power)));
}

function trimZeros(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** Python's exponents have two digits at least. */
function padExponent(text: string): string {
  return text.replace(/e([+-])(\d)$/, "e$10$2");
}
