const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/**
 * A bar whose length is the logarithm of a value: none for `min` or less, all columns for `max` or more.
 *
 * @param value A number; NaN has no bar.
 * @param scale The ends of the scale, both > 0, and how many columns it takes.
 * @returns As many characters as columns.
 */
export function drawLogBar(value: number, scale: { min: number; max: number; columns: number }): string {
  const { min, max, columns } = scale;
  const share = Math.log(value / min) / Math.log(max / min);
  const eighths = Math.round(8 * columns * Math.min(Math.max(share || 0, 0), 1));
  return `${"█".repeat(eighths >> 3)}${EIGHTHS[eighths & 7]}`.padEnd(columns);
}
