import { describeValue } from "../errors/describe_value.ts";
import type { Margin } from "./read_margins.ts";

/** How a transposed convolution lays its windows over what it gives. */
export interface TransposedWindow {
  /** The length of the result. */
  readonly length: number;
  /** Padding of the convolution from the result back to the input: elements before the first and behind the last one. */
  readonly before: number;
  readonly after: number;
}

/**
 * The result of a transposed convolution along an axis of `count` elements, with a reach of r = (size − 1) · dilation + 1 and stride s: with
 * `valid` padding (count − 1) · s + r + outputPadding long, by default (count − 1) · s + max(r, s); with `same` count · s, or with an
 * outputPadding (count − 1) · s + r mod 2 + outputPadding. Margins are cut off: (count − 1) · s + r − before − after + outputPadding, by default 0.
 *
 * Source: the rules of Keras 3, whose JAX backend says what is cut off at the begin; of PyTorch for margins, which it takes alike on both sides.
 *
 * @param outputPadding null for the default
 * @throws {TypeError} If the result were empty
 */
export function transposedWindow(
  what: string,
  count: number,
  { reach, stride, padding, outputPadding }: {
    readonly reach: number;
    readonly stride: number;
    readonly padding: "valid" | "same" | Margin;
    readonly outputPadding: number | null;
  },
): TransposedWindow {
  const full = (count - 1) * stride + reach;
  const total = typeof padding !== "string"
    ? full - padding[0] - padding[1] + (outputPadding ?? 0)
    : padding === "valid"
    ? full + (outputPadding ?? Math.max(reach, stride) - reach)
    : outputPadding === null
    ? count * stride
    : (count - 1) * stride + reach % 2 + outputPadding;
  if (total < 1) {
    throw new TypeError(
      `Cannot ${what}: the result must not be empty, got ${count} positions, a kernel of ${reach}, padding ${
        describeValue(padding)
      } and outputPadding ${outputPadding}`,
    );
  }
  if (typeof padding !== "string") {
    const [before] = padding;
    return { length: total, before, after: Math.max(0, full - total - before) };
  }
  // The longer half of what the result is shorter by, against a convolution of the zero-stuffed input on all sides, is kept at the begin.
  const kept = total - (count - 1) * stride + reach - 2;
  const before = padding === "valid" ? 0 : reach - 1 - Math.min(Math.ceil(kept / 2), reach - 1);
  return { length: total, before, after: Math.max(0, full - total - before) };
}
