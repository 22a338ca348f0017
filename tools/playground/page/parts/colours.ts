/** The colours of classes, which are also told apart by shape: Okabe and Ito, distinct for the colour-blind as well. */
export const CLASS_COLOURS = ["#0072B2", "#E69F00", "#009E73", "#CC79A7"] as const;

/** Colours of curves on white, dark enough for lines; each has a dash of its own besides. */
export const LINE_COLOURS = ["#0072B2", "#B25A00", "#007A5A", "#A0497C", "#555555", "#3B8EC2", "#8A6D00", "#6A51A3"];
export const DASHES = ["", "7 4", "2 3", "9 3 2 3", "12 4", "4 2", "1 2", "6 2 1 2"];

type Rgb = readonly [number, number, number];

const NEGATIVE: Rgb = [0, 114, 178];
const MIDDLE: Rgb = [250, 249, 246];
const POSITIVE: Rgb = [230, 159, 0];
const CLASSES: readonly Rgb[] = [NEGATIVE, POSITIVE, [0, 158, 115], [204, 121, 167]];

/** 256 packed colours from −1 to 1, as a little-endian machine keeps them. */
const diverging = new Uint32Array(257);
for (let i = 0; i <= 256; i++) {
  const at = i / 128 - 1;
  const end = at < 0 ? NEGATIVE : POSITIVE;
  const share = Math.abs(at) ** 0.85 * 0.88;
  const [r, g, b] = MIDDLE.map((middle, channel) => Math.round(middle + (end[channel] - middle) * share));
  diverging[i] = (255 << 24 | b << 16 | g << 8 | r) >>> 0;
}
const NOTHING = (255 << 24 | 200 << 16 | 200 << 8 | 200) >>> 0;

/** What of the numbers is white, and what has the full colour. */
export interface Scale {
  readonly middle: number;
  readonly reach: number;
}

const TO_ONE = ["sigmoid", "hard_sigmoid", "softmax"];
const AROUND = ["tanh", "hard_tanh", "softsign", "sign"];

/** The scale of an activation's values: those of sigmoid are white at ½. */
export function scaleOf(activation: string | null, values: Float32Array): Scale {
  if (activation !== null && TO_ONE.includes(activation)) return { middle: 0.5, reach: 0.5 };
  if (activation === "step") return { middle: 0.5, reach: 0.5 };
  if (activation !== null && AROUND.includes(activation)) return { middle: 0, reach: 1 };
  let reach = 0;
  for (const value of values) if (Math.abs(value) > reach && Number.isFinite(value)) reach = Math.abs(value);
  return { middle: 0, reach: reach || 1 };
}

/** Writes numbers as colours. */
export function paintValues(into: Uint32Array, values: Float32Array, { middle, reach }: Scale): void {
  const factor = 128 / reach;
  for (let i = 0; i < values.length; i++) {
    const at = Math.round((values[i] - middle) * factor) + 128;
    into[i] = Number.isNaN(at) ? NOTHING : diverging[at < 0 ? 0 : at > 256 ? 256 : at];
  }
}

/** Writes the class with the highest of several planes, paler where it is less sure. */
export function paintClasses(into: Uint32Array, values: Float32Array, planes: number, isDiscrete: boolean): void {
  const size = into.length;
  for (let i = 0; i < size; i++) {
    let best = 0;
    for (let k = 1; k < planes; k++) if (values[k * size + i] > values[best * size + i]) best = k;
    const top = values[best * size + i];
    const share = isDiscrete ? 0.7 : 0.8 * Math.min(1, Math.max(0.08, (top - 1 / planes) / (1 - 1 / planes)));
    const [r, g, b] = MIDDLE.map((middle, c) => Math.round(middle + (CLASSES[best % 4][c] - middle) * share));
    into[i] = (255 << 24 | b << 16 | g << 8 | r) >>> 0;
  }
}
