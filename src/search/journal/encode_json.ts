/**
 * JSON text of a value that gives the same numbers back to the bit. NaN, the infinities and -0, which JSON does not
 * have, become `{"$number":"NaN"}`.
 *
 * @param value Numbers, strings, booleans, null, and arrays and objects of them.
 * @returns The text; {@link decodeJson} reads it.
 */
export function encodeJson(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) => {
    if (typeof each !== "number" || Number.isFinite(each) && !Object.is(each, -0)) return each;
    return { $number: Object.is(each, -0) ? "-0" : String(each) };
  });
}

/** The value that {@link encodeJson} wrote. */
export function decodeJson(text: string): unknown {
  if (!text.includes('"$number"')) return JSON.parse(text);
  return JSON.parse(text, (_, each) => {
    const isNumber = typeof each === "object" && each !== null && typeof each.$number === "string";
    return isNumber ? Number(each.$number) : each;
  });
}
