// deno-lint-ignore-file verbatim-module-syntax -- the pragma uses h
/** @jsxRuntime classic */
/** @jsx h */
/// <reference lib="dom" />
import { h, useLayoutEffect, useRef } from "../../../packages/preact.ts";
import type { Domain, Grid, LayerShape } from "../../protocol.ts";
import { Card } from "../parts/card.tsx";
import { drawPoint, drawValue } from "../parts/draw_point.ts";
import { formatNumber } from "../parts/format.ts";
import { type ReplyOf, store, words } from "../state/store.ts";
import { layerTitle } from "./network_columns.ts";
import { type SamplePoint, samplePoints } from "./sample_points.ts";

const SIDE = 300;
const MARGIN = 16;
const LINES = 12;

/** For layers of two neurons: where their neurons put the points of the plane. */
export function BentPlaneView() {
  const w = words.value;
  const network = store.network.value;
  const maps = store.calmFrame.value?.maps ?? null;
  if (network === null || maps === null) return null;
  const bent = network.layers.flatMap((layer, index) => {
    return layer.units === 2 && index < network.layers.length - 1 ? [{ layer, index }] : [];
  });
  if (bent.length === 0) return null;
  return (
    <Card id="bent" title={w.bent}>
      <p class="note">{w.bentWords}</p>
      <div class="row wide-gap">
        {bent.slice(0, 4).map(({ layer, index }) => {
          const title = layerTitle(w, index, network.layers.length);
          return (
            <figure key={layer.name}>
              <Picture network={network} maps={maps} layer={layer} index={index} label={w.bentOf(title)} />
              <figcaption>{sentence(network, maps, layer, title)}</figcaption>
            </figure>
          );
        })}
      </div>
    </Card>
  );
}

/** The two values of a layer at a point, between those of the map's pixels. */
function valuesAt(maps: Grid, first: number, domain: Domain, { x1, x2 }: { x1: number; x2: number }): [number, number] {
  const { size, values } = maps;
  const clamp = (value: number) => Math.min(size - 1.001, Math.max(0, value));
  const column = clamp((x1 - domain.x1[0]) / (domain.x1[1] - domain.x1[0]) * (size - 1));
  const row = clamp((domain.x2[1] - x2) / (domain.x2[1] - domain.x2[0]) * (size - 1));
  const [c, r] = [Math.floor(column), Math.floor(row)];
  const [dc, dr] = [column - c, row - r];
  const read = (map: number): number => {
    const at = map * size * size + r * size + c;
    const upper = values[at] * (1 - dc) + values[at + 1] * dc;
    const lower = values[at + size] * (1 - dc) + values[at + size + 1] * dc;
    return upper * (1 - dr) + lower * dr;
  };
  return [read(first), read(first + 1)];
}

function sentence(network: ReplyOf<"configured">, maps: Grid, layer: LayerShape, title: string): string {
  const points = samplePoints(network, false);
  const meanOf = (chosen: (point: SamplePoint) => boolean): string => {
    const found = points.filter(chosen).map((point) => valuesAt(maps, layer.firstMap, network.domain, point));
    const mean = (axis: 0 | 1) => found.reduce((sum, pair) => sum + pair[axis], 0) / Math.max(1, found.length);
    return `(${formatNumber(mean(0), 3)} / ${formatNumber(mean(1), 3)})`;
  };
  if (network.task === "regression") return title;
  return words.value.bentSentence(title, meanOf(({ y }) => y === 0), meanOf(({ y }) => y === 1));
}

function Picture({ network, maps, layer, index, label }: {
  network: ReplyOf<"configured">;
  maps: Grid;
  layer: LayerShape;
  index: number;
  label: string;
}) {
  const ref = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const canvas = ref.current!;
    const density = devicePixelRatio || 1;
    canvas.width = canvas.height = SIDE * density;
    const context = canvas.getContext("2d")!;
    context.scale(density, density);
    const { size, values } = maps;
    const area = size * size;
    const a = values.subarray(layer.firstMap * area, (layer.firstMap + 1) * area);
    const b = values.subarray((layer.firstMap + 1) * area, (layer.firstMap + 2) * area);
    const [lowA, highA] = extent(a);
    const [lowB, highB] = extent(b);
    const x = (value: number) => MARGIN + (value - lowA) / (highA - lowA || 1) * (SIDE - 2 * MARGIN);
    const y = (value: number) => SIDE - MARGIN - (value - lowB) / (highB - lowB || 1) * (SIDE - 2 * MARGIN);
    context.strokeStyle = "#8a8f98";
    context.lineWidth = 0.8;
    for (let line = 0; line <= LINES; line++) {
      const fixed = Math.round(line / LINES * (size - 1));
      for (const isRow of [true, false]) {
        context.beginPath();
        for (let i = 0; i < size; i++) {
          const at = isRow ? fixed * size + i : i * size + fixed;
          context.lineTo(x(a[at]), y(b[at]));
        }
        context.stroke();
      }
    }
    drawNextLine(context, network, index, { x, y, lowA, highA });
    const reach = Math.max(...network.train.classes.map(Math.abs)) || 1;
    const points = samplePoints(network, store.configuration.value.view.test);
    for (const point of points) {
      const [first, second] = valuesAt(maps, layer.firstMap, network.domain, point);
      const place = {
        x: x(first),
        y: y(second),
        radius: points.length > 40 ? 3.6 : 6,
        isFilled: point.set === "train",
      };
      if (network.task === "regression") drawValue(context, { ...place, share: point.y / reach });
      else drawPoint(context, { ...place, number: point.y });
    }
  });
  return (
    <canvas ref={ref} class="bent" style={{ width: `${SIDE}px`, height: `${SIDE}px` }} role="img" aria-label={label} />
  );
}

/** Where the one neuron of the next layer is undecided: w₁a₁ + w₂a₂ + bias = 0. */
function drawNextLine(
  context: CanvasRenderingContext2D,
  network: ReplyOf<"configured">,
  index: number,
  { x, y, lowA, highA }: { x: (a: number) => number; y: (b: number) => number; lowA: number; highA: number },
): void {
  const next = network.layers[index + 1];
  const weights = store.calmFrame.value?.weights;
  if (next.type !== "dense" || next.units !== 1 || weights === undefined) return;
  const [kernel, bias] = next.parameters.map((number) => network.parameters[number]);
  const [w1, w2] = [weights[kernel.offset], weights[kernel.offset + 1]];
  const offset = bias === undefined ? 0 : weights[bias.offset];
  if (w2 === 0) return;
  const at = (a: number) => -(w1 * a + offset) / w2;
  const span = highA - lowA || 1;
  const [from, to] = [lowA - 0.1 * span, highA + 0.1 * span];
  context.save();
  context.beginPath();
  context.rect(0, 0, SIDE, SIDE);
  context.clip();
  context.beginPath();
  context.moveTo(x(from), y(at(from)));
  context.lineTo(x(to), y(at(to)));
  context.strokeStyle = "#222222";
  context.lineWidth = 2.5;
  context.stroke();
  context.restore();
}

function extent(values: Float32Array): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low === Infinity ? [0, 1] : [low, high];
}
