/**
 * Whether `x` is a stream of batches rather than data: an iterable or async iterable that is no typed array, or an array of batches, which
 * are objects `{ x, … }`.
 */
export function isStream(x: unknown): x is Iterable<unknown> | AsyncIterable<unknown> {
  if (typeof x !== "object" || x === null || ArrayBuffer.isView(x)) return false;
  // The batches { xs, ys } of TensorFlow.js are batches, too: what reads them says how they are written here.
  if (Array.isArray(x)) return typeof x[0] === "object" && x[0] !== null && ("x" in x[0] || "xs" in x[0]);
  return Symbol.asyncIterator in x || Symbol.iterator in x;
}
