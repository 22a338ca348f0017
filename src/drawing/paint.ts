/** A colour: red, green and blue from 0 to 255. */
export type Colour = readonly [red: number, green: number, blue: number];

/** Colours of classes or curves: distinct also for the colour-blind (Okabe and Ito, 2008). */
export const PALETTE: readonly Colour[] = [
  [0, 114, 178],
  [230, 159, 0],
  [0, 158, 115],
  [204, 121, 167],
  [86, 180, 233],
  [213, 94, 0],
  [240, 228, 66],
  [150, 150, 150],
];

/**
 * Text between the ANSI codes of a colour.
 *
 * @param text What to paint.
 * @param front Colour of the text.
 * @param back Colour behind it; the terminal's own by default.
 */
export function paint(text: string, front: Colour, back?: Colour): string {
  const behind = back === undefined ? "" : `\x1b[48;2;${back.join(";")}m`;
  return `\x1b[38;2;${front.join(";")}m${behind}${text}\x1b[0m`;
}

/** The colour at `share` (0 to 1) of the way from one to another. */
export function blend(from: Colour, to: Colour, share: number): Colour {
  const at = (i: 0 | 1 | 2): number => Math.round(from[i] + (to[i] - from[i]) * share);
  return [at(0), at(1), at(2)];
}

/** A colour as CSS and SVG write it: `#0072b2`. */
export function cssColour(colour: Colour): string {
  return `#${colour.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}
