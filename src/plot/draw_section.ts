import { paint } from "../drawing/paint.ts";
import type { Panel, PictureSection, PictureStyle } from "./panel.ts";
import { shrinkPanel } from "./shrink_panel.ts";

/** From dark to light. */
const RAMP = " .:-=+*#%@";
/** Characters of a line. */
const LINE = 80;
const GAP = "  ";
/** Without colours, a picture of up to so many pixels a row has two characters a pixel, which then is about square. */
const SMALL = 20;

/**
 * Pictures under their heading, beside and below each other, each with its label below it.
 *
 * With colours a character is a half block, two pixels one above the other. Without, it is one of ten signs, from a space to @, for the mean of
 * two pixels, one above the other; of a small picture every pixel is two characters.
 */
export function drawSection({ title, panels, note }: PictureSection, style: PictureStyle): string {
  const drawn = panels.map((panel) => drawPanel(panel, style));
  const cell = drawn.reduce((widest, { width }) => Math.max(widest, width), 1);
  const columns = style.columns ?? Math.max(1, Math.floor((LINE + GAP.length) / (cell + GAP.length)));
  const lines = title === "" ? [] : [title];
  for (let from = 0; from < panels.length; from += columns) {
    if (from > 0) lines.push("");
    const row = drawn.slice(from, from + columns);
    const height = row.reduce((most, { lines }) => Math.max(most, lines.length), 0);
    for (let y = 0; y < height; y++) {
      lines.push(row.map(({ lines, width }) => (lines[y] ?? " ".repeat(width)) + " ".repeat(cell - width)).join(GAP));
    }
    if (panels.slice(from, from + columns).every(({ label }) => label === "")) continue;
    lines.push(panels.slice(from, from + columns).map(({ label }) => fit(label, cell)).join(GAP).trimEnd());
  }
  if (note !== "") lines.push(note);
  return lines.join("\n");
}

/** A text in a place of so many characters, cut if it is longer. */
function fit(text: string, width: number): string {
  const characters = Array.from(text);
  if (characters.length > width) return `${characters.slice(0, width - 1).join("")}…`;
  return text + " ".repeat(width - characters.length);
}

function drawPanel(panel: Panel, { color, width }: PictureStyle): { lines: string[]; width: number } {
  const isSmall = !color && panel.width <= SMALL && 2 * panel.width <= width;
  const shown = shrinkPanel(panel, isSmall ? panel.width : width);
  const step = isSmall ? 1 : 2;
  const lines: string[] = [];
  for (let y = 0; y < shown.height; y += step) {
    let line = "";
    for (let x = 0; x < shown.width; x++) {
      const below = y + 1 < shown.height && step === 2;
      if (color) line += paint("▀", colourAt(shown, x, y), below ? colourAt(shown, x, y + 1) : undefined);
      else {
        const light = below ? (greyAt(shown, x, y) + greyAt(shown, x, y + 1)) / 2 : greyAt(shown, x, y);
        const sign = RAMP[Math.min(RAMP.length - 1, Math.floor(light * RAMP.length))];
        line += isSmall ? sign + sign : sign;
      }
    }
    lines.push(line);
  }
  return { lines, width: isSmall ? shown.width * 2 : shown.width };
}

function colourAt({ pixels, width, channels }: Panel, x: number, y: number): readonly [number, number, number] {
  const at = (y * width + x) * channels;
  const byte = (k: number): number => Math.round(255 * pixels[at + (channels === 1 ? 0 : k)]);
  return [byte(0), byte(1), byte(2)];
}

function greyAt({ pixels, width, channels }: Panel, x: number, y: number): number {
  const at = (y * width + x) * channels;
  return channels === 1 ? pixels[at] : 0.299 * pixels[at] + 0.587 * pixels[at + 1] + 0.114 * pixels[at + 2];
}
