/** A window along one axis: `size` elements, `dilation` apart, moved on by `stride`. */
export interface Window {
  readonly size: number;
  readonly stride: number;
  readonly dilation: number;
}

/**
 * What lies around an axis that a window slides along: `valid` nothing; `same` as many zeros as give ⌈length / stride⌉ positions, half of them
 * before the first element, rounded down; `causal` zeros before the first element only, so that no position sees what comes after it; or as
 * many as the numbers say.
 */
export type WindowPadding = "valid" | "same" | "causal" | readonly [before: number, after: number];

/** How a window slides along an axis. */
export interface Slide {
  /** How many positions it has. */
  readonly count: number;
  /** Elements of padding before the first and behind the last one. */
  readonly before: number;
  readonly after: number;
}

/**
 * How a window slides along an axis of `length` elements: count = ⌊(before + length + after − reach) / stride⌋ + 1, where its reach is
 * (size − 1) · dilation + 1.
 *
 * Source: the rules of TensorFlow, which Keras has.
 *
 * @param what what is done, for the message: `build layer "conv2d"`
 * @param axis what the axis is called there: `height`
 * @throws {TypeError} If the window is longer than the axis with its padding
 */
export function slideWindow(
  what: string,
  axis: string,
  length: number,
  { size, stride, dilation }: Window,
  padding: WindowPadding,
): Slide {
  const reach = (size - 1) * dilation + 1;
  const [before, after] = marginsOf(length, reach, stride, padding);
  const room = before + length + after - reach;
  // A length that is unknown when a layer is built is NaN, and so is the room.
  if (!(room < 0)) return { count: Math.floor(room / stride) + 1, before, after };
  const dilated = dilation === 1 ? "" : ` (${size} with dilation ${dilation})`;
  const padded = before + after === 0 ? "" : ` padded to ${before + length + after}`;
  throw new TypeError(
    `Cannot ${what}: the window must not be longer than the input, got ${reach}${dilated} along ${axis}, which is ${length}${padded}`,
  );
}

function marginsOf(length: number, reach: number, stride: number, padding: WindowPadding): readonly [number, number] {
  if (padding === "valid") return [0, 0];
  if (padding === "causal") return [reach - 1, 0];
  if (padding !== "same") return padding;
  const total = Math.max(0, (Math.ceil(length / stride) - 1) * stride + reach - length);
  const before = Math.floor(total / 2);
  return [before, total - before];
}
