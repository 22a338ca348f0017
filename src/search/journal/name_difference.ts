/** What tells one search from another: plain JSON. */
export type Fingerprint = { readonly [name: string]: unknown };

const LONGEST = 60;

/**
 * Names the first difference between two fingerprints: `space.hidden: [4,8] in the journal, [4,8,16] now`.
 * The order of keys counts, because the order of a space's parameters is the order of its grid.
 *
 * @param recorded What the journal holds.
 * @param given What this search has. Both are compared as the JSON that they would be written as.
 * @returns The difference, or undefined if there is none.
 */
export function nameDifference(recorded: Fingerprint, given: Fingerprint): string | undefined {
  return difference("", recorded, JSON.parse(JSON.stringify(given)));
}

function difference(path: string, a: unknown, b: unknown): string | undefined {
  if (JSON.stringify(a) === JSON.stringify(b)) return undefined;
  if (!isRecord(a) || !isRecord(b)) return `${path}: ${show(a)} in the journal, ${show(b)} now`;
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const found = difference(
      path === "" ? key : `${path}.${key}`,
      Object.hasOwn(a, key) ? a[key] : undefined,
      Object.hasOwn(b, key) ? b[key] : undefined,
    );
    if (found !== undefined) return found;
  }
  return `order of ${path || "keys"}: ${Object.keys(a).join(", ")} in the journal, ${Object.keys(b).join(", ")} now`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? "not given";
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}
