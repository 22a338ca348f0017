// deno-lint-ignore-file verbatim-module-syntax -- the pragma uses h
/** @jsxRuntime classic */
/** @jsx h */
/// <reference lib="dom" />
import { h } from "../../../packages/preact.ts";
import { words } from "../state/store.ts";
import { formatCount, formatNumber } from "./format.ts";
import { useWidth } from "./use_width.ts";

/** One curve. */
export interface Line {
  readonly name: string;
  readonly x: readonly number[] | Float32Array;
  readonly y: readonly number[] | Float32Array;
  readonly colour: string;
  readonly dash: string;
  readonly isFaint?: boolean;
  /** Whether what lies too close is drawn as its mean, not as its lowest and highest. */
  readonly isSmooth?: boolean;
}

const MOST_POINTS = 400;
const LEFT = 52;
const RIGHT = 10;
const TOP = 8;
const BOTTOM = 20;

/** A chart of curves. What it shows is said by `label`; the numbers stand in words or a table beside it. */
export function LineChart({ label, lines, height, isLogarithmic = false, range }: {
  label: string;
  lines: readonly Line[];
  height: number;
  isLogarithmic?: boolean;
  /** The y axis; by default from the lowest to the highest number (and 0). */
  range?: readonly [number, number];
}) {
  const [ref, width] = useWidth<HTMLDivElement>(340);
  const [low, high] = range ?? rangeOf(lines, isLogarithmic);
  const isDrawn = lines.some(({ x }) => x.length > 1);
  let end = 1;
  for (const { x } of lines) if (x.length > 0) end = Math.max(end, x[x.length - 1]);
  const scale = (value: number) => isLogarithmic ? Math.log10(value) : value;
  const bottom = scale(low);
  const span = scale(high) - bottom || 1;
  const atX = (x: number) => LEFT + x / end * (width - LEFT - RIGHT);
  const atY = (y: number) =>
    TOP + (1 - Math.min(1.02, Math.max(-0.02, (scale(y) - bottom) / span))) * (height - TOP - BOTTOM);
  const ticks = isLogarithmic
    ? logarithmicTicks(low, high)
    : range !== undefined
    ? [low, (low + high) / 2, high]
    : roundTicks(low, high);
  return (
    <div class="chart" ref={ref}>
      <svg width={width} height={height} role="img" aria-label={label}>
        {ticks.map((tick) => (
          <g key={tick}>
            <line class="grid" x1={LEFT} x2={width - RIGHT} y1={atY(tick)} y2={atY(tick)} />
            <text class="tick" x={LEFT - 6} y={atY(tick) + 4} text-anchor="end">{formatNumber(tick, 3)}</text>
          </g>
        ))}
        <text class="tick" x={LEFT} y={height - 4}>{formatNumber(0)}</text>
        {isDrawn && (
          <text class="tick" x={width - RIGHT} y={height - 4} text-anchor="end">
            {words.value.manyEpochs(formatCount(end))}
          </text>
        )}
        {lines.map(({ name, x, y, colour, dash, isFaint, isSmooth }) => (
          <path
            key={name}
            class={isFaint ? "curve faint" : "curve"}
            d={isSmooth ? meanPath(x, y, atX, atY, isLogarithmic) : pathOf(x, y, atX, atY, isLogarithmic)}
            stroke={colour}
            stroke-dasharray={dash}
          />
        ))}
      </svg>
    </div>
  );
}

/** The names of curves beside their strokes. */
export function LineKeys({ lines }: { lines: readonly Pick<Line, "name" | "colour" | "dash">[] }) {
  return (
    <ul class="keys">
      {lines.map(({ name, colour, dash }) => (
        <li key={name}>
          <svg width="26" height="8" aria-hidden="true">
            <line x1="1" x2="25" y1="4" y2="4" stroke={colour} stroke-width="2.5" stroke-dasharray={dash} />
          </svg>
          {name}
        </li>
      ))}
    </ul>
  );
}

function rangeOf(lines: readonly Line[], isLogarithmic: boolean): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const { y } of lines) {
    for (const value of y) {
      if (!Number.isFinite(value) || isLogarithmic && value <= 0) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  if (low === Infinity) return isLogarithmic ? [0.1, 1] : [0, 1];
  if (isLogarithmic) return [10 ** Math.floor(Math.log10(low)), 10 ** Math.ceil(Math.log10(high) + 1e-9)];
  return [Math.min(0, low), high > low || high > 0 ? high : 1];
}

/** Round numbers, two to four of them. */
function roundTicks(low: number, high: number): number[] {
  const rough = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((each) => each * power >= rough) ?? 10) * power;
  const ticks: number[] = [];
  for (let i = Math.ceil(low / step); i * step <= high * (1 + 1e-9); i++) ticks.push(i * step);
  return ticks;
}

function logarithmicTicks(low: number, high: number): number[] {
  const first = Math.round(Math.log10(low));
  const last = Math.max(first + 1, Math.round(Math.log10(high)));
  const step = Math.ceil((last - first) / 4);
  const ticks: number[] = [];
  for (let power = first; power <= last; power += step) ticks.push(10 ** power);
  return ticks;
}

/** At most a hundred points: of each stretch the mean, on a logarithmic axis the geometric one. */
function meanPath(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  atX: (x: number) => number,
  atY: (y: number) => number,
  isLogarithmic: boolean,
): string {
  const stretch = Math.max(1, Math.ceil(x.length / 100));
  let d = "";
  for (let start = 0; start < x.length; start += stretch) {
    let [sum, places, count] = [0, 0, 0];
    for (let i = start; i < Math.min(x.length, start + stretch); i++) {
      if (!Number.isFinite(y[i]) || isLogarithmic && y[i] <= 0) continue;
      sum += isLogarithmic ? Math.log(y[i]) : y[i];
      places += x[i];
      count++;
    }
    if (count === 0) continue;
    const mean = isLogarithmic ? Math.exp(sum / count) : sum / count;
    d += `${d === "" ? "M" : "L"}${atX(places / count).toFixed(1)},${atY(mean).toFixed(1)}`;
  }
  return d;
}

/** At most so many points: of each stretch its lowest and its highest. */
function pathOf(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  atX: (x: number) => number,
  atY: (y: number) => number,
  isLogarithmic: boolean,
): string {
  const isRight = (value: number) => Number.isFinite(value) && (!isLogarithmic || value > 0);
  const stretch = Math.max(1, Math.ceil(x.length * 2 / MOST_POINTS));
  let d = "";
  let pen = "M";
  const add = (i: number) => {
    if (!isRight(y[i])) {
      pen = "M";
      return;
    }
    d += `${pen}${atX(x[i]).toFixed(1)},${atY(y[i]).toFixed(1)}`;
    pen = "L";
  };
  for (let start = 0; start < x.length; start += stretch) {
    const end = Math.min(x.length, start + stretch);
    if (stretch === 1) {
      add(start);
      continue;
    }
    let low = start;
    let high = start;
    for (let i = start; i < end; i++) {
      if (y[i] < y[low]) low = i;
      if (y[i] > y[high]) high = i;
    }
    add(Math.min(low, high));
    if (low !== high) add(Math.max(low, high));
  }
  return d;
}
