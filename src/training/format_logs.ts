import type { Logs } from "./callback.ts";

/** The longest list of numbers that is shown. */
const MOST_VALUES = 8;

/**
 * Logs as one line shows them, like Keras: ` - loss: 0.1234 - accuracy: 0.9000`. Small numbers have an exponent; short lists are shown
 * in brackets, long ones and matrices are left out.
 */
export function formatLogs(logs: Logs): string {
  let text = "";
  for (const name in logs) {
    const value = logs[name];
    if (typeof value === "number") text += ` - ${name}: ${formatValue(value)}`;
    else if (value.length <= MOST_VALUES && value.every((each) => typeof each === "number")) {
      text += ` - ${name}: [${value.map(formatValue).join(", ")}]`;
    }
  }
  return text;
}

/** Four decimals, or an exponent of two digits at least where that would show nothing: 1.2300e-05. */
function formatValue(value: number): string {
  if (Math.abs(value) > 1e-3 || value === 0) return value.toFixed(4);
  return value.toExponential(4).replace(/e([+-])(\d)$/, "e$10$2");
}
