/** A score for people: six significant digits, an exponent where it is very small or large; `–` if there is none. */
export function formatScore(score: number | null): string {
  if (score === null) return "–";
  return String(Number(score.toPrecision(6)));
}
