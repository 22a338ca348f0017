import { type Call, type CallValue, isCall } from "./call.ts";

/** The source text of a call. */
export function printCall({ call, options }: Call): string {
  const entries = Object.entries(options).map(([key, value]) => `${key}: ${printValue(value)}`);
  return `${call}(${entries.length === 0 ? "" : `{ ${entries.join(", ")} }`})`;
}

function printValue(value: CallValue): string {
  if (isCall(value)) return printCall(value);
  if (typeof value === "object" && value !== null) return `[${value.map((each) => JSON.stringify(each)).join(", ")}]`;
  return JSON.stringify(value);
}
