import { cleanText } from "../errors/clean_text.ts";
import type { Logs } from "./callback.ts";

/** The longest list of numbers that is shown. */
const MOST_VALUES = 8;

/** The longest text that is shown. */
const MOST_LETTERS = 40;

/**
 * Logs as one line shows them, like Keras: ` - loss: 0.1234 - accuracy: 0.9000`. Small numbers have an exponent; short lists are shown
 * in brackets, long ones and matrices are left out. What callbacks add may be anything: text is shown without its control characters, and
 * what has no short form is left out.
 */
export function formatLogs(logs: Logs): string {
  return listLogs(logs).map((part) => ` - ${part}`).join("");
}

/** The parts of {@link formatLogs}: `loss: 0.1234`, `accuracy: 0.9000`. */
export function listLogs(logs: Logs): string[] {
  const parts: string[] = [];
  for (const name of Object.keys(logs)) {
    const text = formatLogValue(logs[name]);
    if (text !== null) parts.push(`${cleanText(name, MOST_LETTERS)}: ${text}`);
  }
  return parts;
}

/** A value as one line shows it; null if it has no short form. */
export function formatLogValue(value: unknown): string | null {
  if (typeof value === "number") return formatNumber(value);
  if (typeof value === "string") return cleanText(value, MOST_LETTERS);
  if (value === null || typeof value === "boolean" || typeof value === "bigint") return String(value);
  const isList = Array.isArray(value) || ArrayBuffer.isView(value) && !(value instanceof DataView);
  if (!isList || (value as ArrayLike<unknown>).length > MOST_VALUES) return null;
  const values = Array.from(value as ArrayLike<unknown>);
  return values.every((each) => typeof each === "number") ? `[${values.map(formatNumber).join(", ")}]` : null;
}

/** Four decimals, or an exponent of two digits at least where that would show nothing: 1.2300e-05. */
function formatNumber(value: number): string {
  if (Math.abs(value) > 1e-3 || value === 0) return value.toFixed(4);
  return value.toExponential(4).replace(/e([+-])(\d)$/, "e$10$2");
}
