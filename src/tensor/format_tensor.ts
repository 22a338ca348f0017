import { formatShape } from "./format_shape.ts";
import type { ShapedData } from "./tensor_input.ts";

/** An axis longer than this is shown by its first and last EDGE items. */
const LONGEST_AXIS = 8;
const EDGE = 3;

/**
 * A tensor as text: its shape, then its numbers to 5 significant digits, aligned at the decimal point, the middle of
 * long axes left out.
 *
 * @param tensor The numbers and their shape.
 * @returns `Tensor [2, 2]` and a line for each row.
 */
export function formatTensor(tensor: ShapedData): string {
  const { data, shape } = tensor;
  if (shape.length === 0) return `Tensor [] ${formatNumber(data[0])}`;
  let whole = 0;
  let fraction = 0;
  visit(0, 0, (text) => {
    const dot = dotOf(text);
    whole = Math.max(whole, dot);
    fraction = Math.max(fraction, text.length - dot);
    return "";
  });
  const body = visit(0, 0, (text) => {
    const dot = dotOf(text);
    return " ".repeat(whole - dot) + text + " ".repeat(fraction - (text.length - dot));
  });
  return `Tensor ${formatShape(shape)}\n${body}`;

  function visit(axis: number, offset: number, show: (text: string) => string): string {
    const length = shape[axis];
    const last = axis === shape.length - 1;
    const stride = shape.slice(axis + 1).reduce((product, each) => product * each, 1);
    const parts = shownIndices(length).map((i) => {
      if (i < 0) return "…";
      return last ? show(formatNumber(data[offset + i])) : visit(axis + 1, offset + i * stride, show);
    });
    const separator = last ? ", " : `,${"\n".repeat(Math.min(2, shape.length - 1 - axis))}${" ".repeat(axis + 1)}`;
    return `[${parts.join(separator)}]`;
  }
}

/** The indices of an axis that are shown; -1 stands for those left out. */
export function shownIndices(length: number): number[] {
  const all = Array.from({ length: Math.min(length, LONGEST_AXIS) }, (_, i) => i);
  if (length <= LONGEST_AXIS) return all;
  return [...all.slice(0, EDGE), -1, ...all.slice(0, EDGE).map((i) => length - EDGE + i)];
}

/** A number to 5 significant digits, without trailing zeros. */
export function formatNumber(value: number): string {
  const size = Math.abs(value);
  if (value === 0 || !Number.isFinite(value)) return String(value);
  if (size >= 1e6 && Number.isInteger(value) && size < 1e9) return String(value);
  if (size < 1e-4 || size >= 1e6) return value.toExponential(4).replace(/\.?0+e/, "e");
  return String(Number(value.toPrecision(5)));
}

function dotOf(text: string): number {
  const dot = text.search(/[.e]/);
  return dot < 0 ? text.length : dot;
}
