import type { Language } from "../../drawing/language.ts";
import { paint, PALETTE } from "../../drawing/paint.ts";
import { textTable } from "../../drawing/text_table.ts";
import { escapeControlCharacters } from "../../errors/escape_control_characters.ts";
import {
  describeWatch,
  listCells,
  listFlows,
  listRecords,
  listTitles,
  type Watched,
  watchStrings,
} from "./describe_watch.ts";

/** Columns of a curve at most. */
const WIDTH = 24;
const BARS = "▁▂▃▄▅▆▇█";

/** What was watched as lines of text: every layer with the curve of its gradient's norm (a logarithm, one scale for all) and its last numbers. */
export function drawWatch(watched: Watched, language: Language, color: boolean): string {
  const words = watchStrings[language];
  const records = listRecords(watched);
  if (records.length === 0) return words.nothing();
  const flows = listFlows(watched);
  const all = flows.flatMap(({ norms }) => norms.filter(Number.isFinite));
  const low = Math.floor(Math.log10(all.reduce((a, b) => Math.min(a, b), Infinity)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(all.reduce((a, b) => Math.max(a, b), 0))));
  const columns = Math.min(WIDTH, records.length);
  const drawCurve = (norms: readonly number[]): string => {
    let curve = "";
    for (let i = 0; i < columns; i++) {
      const share = (Math.log10(norms[columns === 1 ? 0 : Math.round(i * (norms.length - 1) / (columns - 1))]) - low) /
        (high - low);
      curve += Number.isFinite(share) ? BARS[Math.min(BARS.length - 1, Math.floor(share * BARS.length))] : "·";
    }
    return color ? paint(curve, PALETTE[4]) : curve;
  };
  const curves = new Map(flows.map(({ layer, norms }) => [layer, drawCurve(norms)]));
  const last = records[records.length - 1];
  const rows = last.layers.map((layer) => {
    const [name, gradient, ...cells] = listCells(layer);
    return [escapeControlCharacters(name), curves.get(layer.layer) ?? "", gradient, ...cells];
  });
  const [name, gradient, ...titles] = listTitles(language);
  return [
    words.title(watched.epochs.length, watched.probeRows),
    ...describeWatch(watched, language).map(escapeControlCharacters),
    ...all.length === 0 ? [] : [`${words.flow()}: 1e${low} ${BARS[0]} … ${BARS[BARS.length - 1]} 1e${high}`],
    last.epoch < 0 ? words.first() : words.last(last.epoch + 1),
    ...textTable([[name, gradient, "", ...titles], ...rows], ["left", "left", "right"]),
  ].join("\n");
}
