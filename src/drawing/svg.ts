import { type Child, element, type Markup } from "./markup.ts";
import { cssColour, PALETTE } from "./paint.ts";

/** A drawing's size and what it says to those who cannot see it. */
export interface SvgOptions {
  /** Width in pixels, also of the coordinates. */
  readonly width: number;
  /** Height in pixels. */
  readonly height: number;
  /** What it is, in a few words: its accessible name. */
  readonly title: string;
  /** What is to be seen, in a sentence or more. */
  readonly description?: string;
}

/**
 * A static drawing: an `<svg>` with a title and a description for screen readers, as wide as its place at most. No id is in it: a page may
 * show drawings of several bundles, and a notebook those of several processes.
 */
export function svg({ width, height, title, description }: SvgOptions, ...children: readonly Child[]): Markup {
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: "img",
      style: "max-width:100%;height:auto;font:12px system-ui,sans-serif",
    },
    element("title", {}, title),
    description === undefined ? null : element("desc", {}, description),
    ...children,
  );
}

/** How the sign of a number is seen: by colour, and by dashes and a mark for those who do not see the colour. */
export interface SignStyle {
  /** Blue for what is negative, orange for what is positive, grey for 0: for lines and areas, not for text. */
  readonly stroke: string;
  /** For `stroke-dasharray`: dashes for what is negative, else undefined. */
  readonly dash: string | undefined;
  /** `−`, `+` or `0`. */
  readonly mark: string;
}

/** How a line or an area shows the sign of `value`: negative blue and dashed, positive orange and solid. */
export function signStyle(value: number): SignStyle {
  if (value < 0) return { stroke: cssColour(PALETTE[0]), dash: "5 3", mark: "−" };
  if (value > 0) return { stroke: cssColour(PALETTE[1]), dash: undefined, mark: "+" };
  return { stroke: cssColour(PALETTE[7]), dash: "1 3", mark: "0" };
}

/** A coordinate with two decimals at most, for short markup. */
export function place(value: number): number {
  return Math.round(value * 100) / 100;
}
