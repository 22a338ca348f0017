import type { Language, Strings } from "../../drawing/language.ts";
import { formatNumber } from "../../drawing/format_number.ts";
import { showNumber } from "../../drawing/maths.ts";
import type { EpochStatistics, LayerStatistics } from "../../training/layer_statistics.ts";
import { enWatch } from "../strings/en_watch.ts";
import { esWatch } from "../strings/es_watch.ts";

/** What was seen of the layers of a fit. */
export interface Watched {
  readonly start: EpochStatistics | null;
  readonly epochs: readonly EpochStatistics[];
  readonly probeRows: number;
}

/** The words, in both languages. */
export const watchStrings: Strings<typeof enWatch> = { en: enWatch, es: esWatch };

/** All that was measured, the start first. */
export function listRecords({ start, epochs }: Watched): readonly EpochStatistics[] {
  return start === null ? epochs : [start, ...epochs];
}

/** In sentences: the probe's loss, and how much of the gradient reaches the first layer. */
export function describeWatch(watched: Watched, language: Language): string[] {
  const words = watchStrings[language];
  const records = listRecords(watched);
  const [first, last] = [records[0], records[records.length - 1]];
  const sentences = [words.loss(showNumber(first.loss), showNumber(last.loss))];
  const trained = last.layers.filter(({ dz, weightNorm }) => dz !== null && weightNorm !== null);
  if (last.attenuation !== null) {
    const [{ layer }, { layer: other }] = [trained[0], trained[trained.length - 1]];
    sentences.push(words.attenuation(formatNumber(last.attenuation), layer, other));
  }
  return sentences;
}

/** The titles of the columns of `listCells`. */
export function listTitles(language: Language): string[] {
  const words = watchStrings[language];
  return [
    words.layer(),
    words.gradient(),
    words.slope(),
    words.values(),
    words.update(),
    words.frozen(),
    words.saturated(),
    words.dead(),
  ];
}

/** What is told of a layer, column by column. */
export function listCells(layer: LayerStatistics): string[] {
  const { gradientNorm, dz, z, updateRatio, frozenShare, saturatedShare, deadShare } = layer;
  const number = (value: number | null): string => value === null ? "" : showNumber(value);
  const share = (value: number | null): string => value === null ? "" : `${formatNumber(100 * value, 2)} %`;
  return [
    layer.layer,
    number(gradientNorm),
    number(dz),
    `${number(z.mean)} ± ${number(z.sd)}`,
    number(updateRatio),
    share(frozenShare),
    share(saturatedShare),
    share(deadShare),
  ];
}

/** A layer with gradients: their norms, one a record, NaN where there is none or it is 0. */
export interface Flow {
  readonly layer: string;
  readonly norms: readonly number[];
}

/** The layers with gradients. */
export function listFlows(watched: Watched): readonly Flow[] {
  const records = listRecords(watched);
  return records[0].layers.flatMap(({ layer }, i) => {
    const norms = records.map(({ layers }) => layers[i].gradientNorm || NaN);
    return norms.every(Number.isNaN) ? [] : [{ layer, norms }];
  });
}
