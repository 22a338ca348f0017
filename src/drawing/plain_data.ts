/** A value as JSON has it: numbers that JSON does not have become null, arrays of numbers lists. What has no plain form is left out. */
export function plainData(value: unknown): unknown {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "string" || typeof value === "boolean" || value === null) return value;
  if (typeof value === "bigint") return String(value);
  if (Array.isArray(value)) return value.map((each) => plainData(each) ?? null);
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    return Array.from(value as unknown as ArrayLike<number>, (each) => plainData(each));
  }
  if (typeof value !== "object") return undefined;
  const entries = Object.entries(value).map(([name, each]) => [name, plainData(each)]);
  return Object.fromEntries(entries.filter(([, each]) => each !== undefined));
}
