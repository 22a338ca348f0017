/**
 * Joins neighbouring pieces with a space: for each width all that there are, in the order of the text; the widths one after the other.
 *
 * @param most how many are wanted
 */
export function makeNgrams(pieces: readonly string[], widths: readonly number[], most: number): readonly string[] {
  const grams: string[] = [];
  for (const width of widths) {
    for (let i = 0; i + width <= pieces.length && grams.length < most; i++) {
      grams.push(width === 1 ? pieces[i] : pieces.slice(i, i + width).join(" "));
    }
  }
  return grams;
}
