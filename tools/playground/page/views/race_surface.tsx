// deno-lint-ignore-file verbatim-module-syntax -- the pragma uses h
/** @jsxRuntime classic */
/** @jsx h */
/// <reference lib="dom" />
import { h, useLayoutEffect, useRef } from "../../../packages/preact.ts";
import { DASHES, LINE_COLOURS } from "../parts/colours.ts";
import { formatNumber } from "../parts/format.ts";
import { type ReplyOf, words } from "../state/store.ts";

const SIDE = 380;

/** The losses over the plane, darker where they are higher, with the paths on it. The table beside it says it in numbers. */
export function RaceSurface({ race, names }: { race: ReplyOf<"race">; names: readonly string[] }) {
  const w = words.value;
  const ref = useRef<HTMLCanvasElement>(null);
  const { surface } = race;
  const levels = surface === null ? [0, 1] : rangeOf(surface.grid.values);
  useLayoutEffect(() => {
    if (surface === null) return;
    const canvas = ref.current!;
    const density = devicePixelRatio || 1;
    canvas.width = canvas.height = SIDE * density;
    const context = canvas.getContext("2d")!;
    context.scale(density, density);
    paintSurface(context, surface.grid, levels);
    const x = (u: number) => (u - surface.u[0]) / (surface.u[1] - surface.u[0]) * SIDE;
    const y = (v: number) => (surface.v[1] - v) / (surface.v[1] - surface.v[0]) * SIDE;
    race.paths.forEach(({ places, losses }, i) => {
      const points = Array.from({ length: places.length / 2 }, (_, k) => [x(places[2 * k]), y(places[2 * k + 1])]);
      for (const [colour, width] of [["#ffffff", 5], [LINE_COLOURS[i % LINE_COLOURS.length], 2.5]] as const) {
        context.beginPath();
        for (const [px, py] of points) context.lineTo(px, py);
        context.setLineDash(width === 5 ? [] : DASHES[i % DASHES.length].split(" ").filter(Boolean).map(Number));
        context.strokeStyle = colour;
        context.lineWidth = width;
        context.lineJoin = "round";
        context.stroke();
      }
      context.setLineDash([]);
      const end = points.at(-1);
      if (end === undefined) return;
      context.beginPath();
      context.arc(end[0], end[1], 6, 0, 2 * Math.PI);
      context.fillStyle = shade(losses.at(-1)!, levels);
      context.fill();
      context.lineWidth = 2.5;
      context.strokeStyle = LINE_COLOURS[i % LINE_COLOURS.length];
      context.stroke();
    });
    const start = race.paths[0]?.places;
    if (start !== undefined && start.length > 1) {
      context.fillStyle = "#1c2128";
      context.fillRect(x(start[0]) - 4, y(start[1]) - 4, 8, 8);
    }
    writeNames(
      context,
      race.paths.flatMap(({ places, failed }, i) => {
        const at = places.length - 2;
        return at < 0
          ? []
          : [{ x: x(places[at]), y: y(places[at + 1]), text: failed === null ? names[i] : `${names[i]} ✕`, i }];
      }),
    );
  });
  return (
    <figure class="surface">
      <canvas ref={ref} style={{ aspectRatio: "1" }} role="img" aria-label={`${w.race}: ${names.join(", ")}`} />
      <figcaption class="scale-bar">
        <span>{w.raceLow} {formatNumber(levels[0], 3)}</span>
        <span class="ramp" aria-hidden="true" />
        <span>{w.raceHigh} {formatNumber(levels[1], 3)}</span>
      </figcaption>
    </figure>
  );
}

/** Writes the names beside the paths' ends, with their colours; names of paths that end side by side stand one below the other. */
function writeNames(
  context: CanvasRenderingContext2D,
  ends: readonly { x: number; y: number; text: string; i: number }[],
): void {
  context.font = "600 12px system-ui, sans-serif";
  context.lineWidth = 3.5;
  context.strokeStyle = "#ffffff";
  const taken: { left: number; right: number; top: number }[] = [];
  for (const { x, y, text, i } of ends) {
    const width = context.measureText(`● ${text}`).width;
    const left = Math.min(x + 9, SIDE - width - 4);
    const right = left + width;
    const away = y < SIDE / 2 ? 14 : -14;
    let top = Math.min(SIDE - 4, Math.max(12, y + 4));
    while (taken.some((other) => other.left < right && other.right > left && Math.abs(other.top - top) < 14)) {
      top += away;
    }
    taken.push({ left, right, top });
    context.strokeText(`● ${text}`, left, top);
    context.fillStyle = LINE_COLOURS[i % LINE_COLOURS.length];
    context.fillText("●", left, top);
    context.fillStyle = "#1c2128";
    context.fillText(text, left + context.measureText("● ").width, top);
  }
}

/** The losses' range; the highest tenth counts as its lower end, lest one peak takes all shades. */
function rangeOf(values: Float32Array): [low: number, high: number] {
  const sorted = Array.from(values).filter(Number.isFinite).sort((a, b) => a - b);
  if (sorted.length === 0) return [0, 1];
  const high = sorted[Math.floor(0.9 * (sorted.length - 1))];
  return [sorted[0], high > sorted[0] ? high : sorted[0] + 1];
}

/** A shade from white to slate: one colour, so that the paths' own stand out. */
function shade(loss: number, [low, high]: readonly number[]): string {
  const share = Math.sqrt(Math.min(1, Math.max(0, (loss - low) / (high - low))));
  const at = (from: number, to: number) => Math.round(from + (to - from) * share);
  return Number.isFinite(loss) ? `rgb(${at(252, 128)}, ${at(252, 137)}, ${at(250, 150)})` : "#777777";
}

function paintSurface(
  context: CanvasRenderingContext2D,
  { size, values }: { size: number; values: Float32Array },
  levels: readonly number[],
): void {
  const small = new OffscreenCanvas(size, size);
  const pixels = small.getContext("2d")!;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      pixels.fillStyle = shade(values[row * size + column], levels);
      pixels.fillRect(column, row, 1, 1);
    }
  }
  context.imageSmoothingQuality = "high";
  context.drawImage(small, 0, 0, SIDE, SIDE);
}
