// deno-lint-ignore-file verbatim-module-syntax -- the pragma uses h
/** @jsxRuntime classic */
/** @jsx h */
/// <reference lib="dom" />
import { h, useLayoutEffect, useMemo, useRef, useState } from "../../../packages/preact.ts";
import type { Domain } from "../../protocol.ts";
import { Card } from "../parts/card.tsx";
import { scaleOf } from "../parts/colours.ts";
import { drawPoint, drawValue } from "../parts/draw_point.ts";
import { Toggle } from "../parts/field_form.tsx";
import { formatNumber } from "../parts/format.ts";
import { MapCanvas } from "../parts/map_canvas.tsx";
import { useWidth } from "../parts/use_width.ts";
import { inspect, show } from "../state/actions.ts";
import { addPoint, movePoint, removePoint } from "../state/own_points.ts";
import { store, words } from "../state/store.ts";
import { networkColumns } from "./network_columns.ts";
import { PointsTable } from "./points_table.tsx";
import { type SamplePoint, samplePoints, toPicture, toPlane } from "./sample_points.ts";
import { useSentences } from "./boundary_sentences.ts";

/** The answer of the network over the plane, or the map of one neuron, with the samples. */
export function BoundaryView() {
  const w = words.value;
  const configuration = store.configuration.value;
  const { view } = configuration;
  const network = store.network.value;
  const [ref, side] = useWidth<HTMLDivElement>(340);
  const neuron = useNeuron();
  const sentences = useSentences();
  const title = neuron === null ? w.boundary : w.mapOf(neuron.name);
  return (
    <Card
      id="boundary"
      title={title}
      tools={neuron !== null && (
        <button
          type="button"
          class="small"
          aria-label={w.backToOutput}
          onClick={() => store.neuron.value = null}
        >
          {w.backToOutputShort}
        </button>
      )}
    >
      <div class="plane" ref={ref}>
        <Picture neuron={neuron} />
        {network !== null && <Points side={side} label={`${title}. ${sentences.join(" ")}`} />}
        {network !== null && <Axes axes={network.axes} domain={network.domain} />}
      </div>
      <p class="sentence">{sentences.join(" ")}</p>
      {neuron !== null && <NeuronScale neuron={neuron} />}
      {(network?.test.count ?? 0) > 0 && view.test && <p class="note">{w.trainPoints}; {w.testPoints}.</p>}
      <div class="row">
        {network?.task === "classes" && (
          <Toggle
            id="discrete"
            label={w.discrete}
            value={view.discrete}
            onChange={(discrete) => show({ view: { ...view, discrete } })}
          />
        )}
        {(network?.test.count ?? 0) > 0 && (
          <Toggle
            id="show-test"
            label={w.showTest}
            value={view.test}
            onChange={(test) => show({ view: { ...view, test } })}
          />
        )}
      </div>
      {configuration.data.name === "own" && <p class="note">{w.editPoints}</p>}
      <PointsTable />
    </Card>
  );
}

/** The names of the axes and what they reach over, in the corners. */
function Axes({ axes, domain: { x1, x2 } }: { axes: readonly string[]; domain: Domain }) {
  return (
    <div class="axes" aria-hidden="true">
      <span class="high-x">{axisName(axes[0])}: {formatNumber(x1[0], 3)} … {formatNumber(x1[1], 3)}</span>
      <span class="high-y">{axisName(axes[1])}: {formatNumber(x2[0], 3)} … {formatNumber(x2[1], 3)}</span>
    </div>
  );
}

function axisName(name: string): string {
  return name === "x1" ? "x₁" : name === "x2" ? "x₂" : name;
}

interface Neuron {
  readonly at: number;
  readonly name: string;
  readonly activation: string | null;
}

/** The neuron whose map is shown large; null: the answer. */
function useNeuron(): Neuron | null {
  const network = store.network.value;
  const at = store.neuron.value;
  const w = words.value;
  return useMemo(() => {
    if (network === null || at === null) return null;
    for (const column of networkColumns(network, w).columns) {
      const unit = at - column.firstMap;
      if (unit < 0 || unit >= column.names.length) continue;
      const name = column.layer === null ? w.inputName(column.names[unit]) : column.names[unit];
      return { at, name, activation: column.layer?.activation ?? null };
    }
    return null;
  }, [network, at, w]);
}

/** What the colours of a neuron's map mean. */
function NeuronScale({ neuron }: { neuron: Neuron }) {
  const maps = store.calmFrame.value?.maps ?? null;
  if (maps === null) return null;
  const area = maps.size * maps.size;
  const { middle, reach } = scaleOf(neuron.activation, maps.values.subarray(neuron.at * area, (neuron.at + 1) * area));
  return <p class="note">{words.value.scaleFrom(formatNumber(middle - reach, 3), formatNumber(middle + reach, 3))}</p>;
}

function Picture({ neuron }: { neuron: Neuron | null }) {
  const frame = store.frame.value;
  const network = store.network.value;
  if (frame === null || network === null) return null;
  const { discrete } = store.configuration.value.view;
  if (neuron !== null && frame.maps !== null) {
    const { size } = frame.maps;
    const values = frame.maps.values.subarray(neuron.at * size * size, (neuron.at + 1) * size * size);
    const scale = scaleOf(neuron.activation, values);
    return <MapCanvas size={size} values={values} scale={scale} className="map large" isDiscrete={discrete} />;
  }
  const { boundary } = frame;
  if (boundary === null) return null;
  const { size, planes } = boundary;
  const isOfClasses = network.task === "classes" && planes > 1;
  const values = isOfClasses ? boundary.values : boundary.values.subarray(0, size * size);
  const scale = answerScale();
  return (
    <MapCanvas
      size={size}
      values={values}
      scale={scale}
      planes={isOfClasses ? planes : 1}
      isDiscrete={discrete && network.task === "classes"}
      className="map large"
    />
  );
}

/** White where the answer is undecided: ½ for labels 0 and 1, 0 for values. */
function answerScale() {
  const network = store.network.value!;
  if (network.task === "regression") {
    let reach = 0;
    for (const value of network.train.classes) reach = Math.max(reach, Math.abs(value));
    return { middle: 0, reach: reach || 1 };
  }
  const { name, options } = network.configuration.loss;
  const isAround = name === "hinge" || name === "squared_hinge" || options.fromLogits === true;
  return isAround ? { middle: 0, reach: 1 } : { middle: 0.5, reach: 0.5 };
}

/** The samples over the picture. One tab stop: arrow keys go from sample to sample, Enter shows its values. */
function Points({ side, label }: { side: number; label: string }) {
  const network = store.network.value!;
  const configuration = store.configuration.value;
  const w = words.value;
  const canvas = useRef<HTMLCanvasElement>(null);
  const drag = useRef<number | null>(null);
  const [focused, setFocused] = useState<number | null>(null);
  const points = useMemo(() => samplePoints(network, configuration.view.test), [network, configuration.view.test]);
  const isOwn = configuration.data.name === "own";
  const shown = store.shown.value;
  const radius = points.length > 150 ? 3.6 : points.length > 40 ? 4.6 : 7.5;

  useLayoutEffect(() => {
    const element = canvas.current!;
    const density = devicePixelRatio || 1;
    element.width = element.height = Math.round(side * density);
    const context = element.getContext("2d")!;
    context.scale(density, density);
    const reach = network.task === "regression" ? answerScale().reach : 1;
    points.forEach((point, i) => {
      const [x, y] = toPicture(network.domain, side, point);
      const isChosen = shown.kind === "row" && shown.set === point.set && shown.index === point.index;
      const isFilled = point.set === "train";
      if (isChosen || i === focused) ring(context, x, y, radius + 5, isChosen);
      if (network.task === "regression") drawValue(context, { x, y, radius, share: point.y / reach, isFilled });
      else drawPoint(context, { x, y, radius, number: point.y, isFilled });
    });
  }, [side, points, shown, focused]);

  const place = (event: MouseEvent): [number, number] => {
    const box = canvas.current!.getBoundingClientRect();
    return [(event.clientX - box.left) * side / box.width, (event.clientY - box.top) * side / box.height];
  };
  const find = (x: number, y: number): number => {
    let best = -1;
    let least = (radius + 6) ** 2;
    points.forEach((point, i) => {
      const [px, py] = toPicture(network.domain, side, point);
      const distance = (px - x) ** 2 + (py - y) ** 2;
      if (distance <= least) [best, least] = [i, distance];
    });
    return best;
  };
  const ownIndex = (point: SamplePoint): number =>
    configuration.data.points.findIndex(({ x1, x2 }) =>
      Math.abs(x1 - point.x1) < 1e-5 && Math.abs(x2 - point.x2) < 1e-5
    );
  const open = (point: SamplePoint) => inspect({ kind: "row", set: point.set, index: point.index });
  const say = (i: number) => {
    const { set, index, x1, x2, y } = points[i];
    const name = network.task === "classes" ? network.labels[y] ?? w.classNumber(String(y)) : formatNumber(y);
    const where = `${formatNumber(x1, 3)}, ${formatNumber(x2, 3)}`;
    store.announcement.value = `${w.sampleOf(w[set], String(index + 1))}: ${where}, ${name}`;
  };
  const onKey = (event: KeyboardEvent) => {
    if (points.length === 0) return;
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const next = focused === null ? 0 : (focused + step + points.length) % points.length;
      setFocused(next);
      say(next);
    } else if ((event.key === "Enter" || event.key === " ") && focused !== null) {
      event.preventDefault();
      open(points[focused]);
    } else if (event.key === "Delete" && isOwn && focused !== null && points[focused] !== undefined) {
      removePoint(ownIndex(points[focused]));
      setFocused(null);
    }
  };
  return (
    <canvas
      ref={canvas}
      class={isOwn ? "points own" : "points"}
      tabIndex={0}
      role="application"
      aria-label={label}
      onKeyDown={onKey}
      onBlur={() => setFocused(null)}
      onPointerDown={(event) => {
        const [x, y] = place(event);
        const found = find(x, y);
        drag.current = isOwn && found >= 0 ? ownIndex(points[found]) : null;
        if (drag.current !== null) canvas.current!.setPointerCapture(event.pointerId);
      }}
      onPointerUp={(event) => {
        const [x, y] = place(event);
        const found = find(x, y);
        const dragged = drag.current;
        drag.current = null;
        if (found >= 0 && (dragged === null || ownIndex(points[found]) === dragged)) open(points[found]);
        else if (isOwn) {
          const { x1, x2 } = toPlane(network.domain, side, x, y);
          if (dragged !== null && dragged >= 0) movePoint(dragged, x1, x2);
          else addPoint(x1, x2);
        }
      }}
    />
  );
}

function ring(context: CanvasRenderingContext2D, x: number, y: number, radius: number, isChosen: boolean): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.lineWidth = isChosen ? 3 : 2;
  context.strokeStyle = "#222222";
  context.stroke();
}
