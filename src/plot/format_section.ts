import { toBase64 } from "../files/to_base64.ts";
import { encodeBmp } from "./encode_bmp.ts";
import type { Panel, PictureSection, PictureStyle } from "./panel.ts";

/** Pixels of the screen that a picture is wide at least; small ones are enlarged. */
const WIDE = 96;

/** Pictures under their heading, as HTML for a notebook. */
export function formatSection({ title, panels, note }: PictureSection, { columns }: PictureStyle): string {
  const figures = panels.map(formatPanel).join("");
  const layout = columns === null
    ? "display:flex;flex-wrap:wrap;gap:8px"
    : `display:grid;grid-template-columns:repeat(${columns},max-content);gap:8px`;
  return `<div>${title === "" ? "" : `<p>${escape(title)}</p>`}<div style="${layout}">${figures}</div>` +
    `${note === "" ? "" : `<p>${escape(note)}</p>`}</div>`;
}

function formatPanel(panel: Panel): string {
  const scale = Math.max(1, Math.ceil(WIDE / panel.width));
  const label = escape(panel.label);
  const image = `<img alt="${label}" width="${panel.width * scale}" height="${panel.height * scale}" ` +
    `style="image-rendering:pixelated" src="data:image/bmp;base64,${toBase64(encodeBmp(panel))}">`;
  return `<figure style="margin:0">${image}<figcaption>${label}</figcaption></figure>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
