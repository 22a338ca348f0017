/** Formats a figure with three significant digits, or as an integer from 100 on: 0.0123, 4.56, 78.9, 1234. */
export function formatFigure(value: number): string {
  if (!Number.isFinite(value)) return "–";
  if (value === 0) return "0";
  if (Math.abs(value) >= 100) return value.toFixed(0);
  return value.toFixed(Math.min(6, Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))))));
}
