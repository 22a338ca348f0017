// deno-lint-ignore-file verbatim-module-syntax -- the pragma uses h
/** @jsxRuntime classic */
/** @jsx h */
/// <reference lib="dom" />
import { h, useMemo, useRef, useState } from "../../../packages/preact.ts";
import { LayerHead } from "../controls/layer_head.tsx";
import { LayerSettings } from "../controls/layer_settings.tsx";
import { LIMITS } from "../../configuration/configuration.ts";
import { Card } from "../parts/card.tsx";
import { formatNumber } from "../parts/format.ts";
import { useWidth } from "../parts/use_width.ts";
import { configure, inspect, show } from "../state/actions.ts";
import { isShown, store, words } from "../state/store.ts";
import { type Edge, networkColumns, type NetworkShape } from "./network_columns.ts";
import { NetworkNode } from "./network_node.tsx";

/** A place of the keyboard's focus: a neuron or a line that ends in a column. */
interface Place {
  readonly kind: "neuron" | "edge";
  readonly column: number;
  readonly index: number;
}

const EDGE_KINDS = ["weights", "gradients", "updates"] as const;
const MOST_LABELS = 9;

/** Where neurons lie. */
export interface Layout {
  readonly height: number;
  readonly size: number;
  x(column: number): number;
  y(column: number, unit: number): number;
}

function layOut({ columns }: NetworkShape, width: number): Layout {
  const most = Math.max(...columns.map(({ names }) => names.length));
  const size = most > 16 ? 18 : most > 8 ? 28 : most > 6 ? 38 : 46;
  const pitch = size + (most > 8 ? 6 : 14);
  const height = Math.max(250, most * pitch + 12);
  const side = 60;
  return {
    height,
    size,
    x: (column) => side + (columns.length < 2 ? 0 : column * (width - 2 * side) / (columns.length - 1)),
    y: (column, unit) => {
      const count = columns[column].names.length;
      const step = Math.min((height - 12) / count, pitch * 1.6);
      return height / 2 + (unit - (count - 1) / 2) * step;
    },
  };
}

/** The drawing of the network: neurons with their maps, weights, gradients or updates as lines. */
export function NetworkView() {
  const network = store.network.value;
  const configuration = store.configuration.value;
  const frame = store.calmFrame.value;
  const w = words.value;
  const [ref, width] = useWidth<HTMLDivElement>(600);
  const [place, setPlace] = useState<Place>({ kind: "neuron", column: 0, index: 0 });
  const [hovered, setHovered] = useState<Edge | null>(null);
  const elements = useRef(new Map<string, HTMLElement | SVGElement>());
  const shape = useMemo(
    () => network === null ? null : networkColumns(network, w),
    [network, w],
  );
  const inner = Math.max(width, shape === null ? 0 : shape.columns.length * 102);
  const layout = useMemo(() => shape === null ? null : layOut(shape, inner), [shape, inner]);
  const kind = configuration.view.edges;
  const phase = store.phase.value;
  const values = kind === "weights"
    ? frame?.weights ?? null
    : kind === "gradients"
    ? phase?.gradients ?? frame?.gradients ?? null
    : frame?.updates ?? null;
  const lit = litEdges(shape);
  const shown = store.shown.value;

  const register = (key: string) => (element: HTMLElement | SVGElement | null) => {
    if (element === null) elements.current.delete(key);
    else elements.current.set(key, element);
  };
  const focus = (next: Place) => {
    setPlace(next);
    elements.current.get(keyOf(next))?.focus();
  };
  const open = (edge: Edge) => {
    if (edge.weight === null) return;
    store.announcement.value = w.chainOf(edge.name);
    inspect({ kind: "chain", weight: edge.weight, sample: null });
  };
  const onKey = (event: KeyboardEvent) => {
    if (shape === null) return;
    const next = move(shape, place, event.key);
    if (next === null) return;
    event.preventDefault();
    focus(next);
  };

  return (
    <Card
      id="network"
      title={w.network}
      className="network"
      tools={
        <div class="row">
          {isShown("layers") && configuration.layers.length < LIMITS.layers && (
            <button type="button" class="small" id="add-layer" onClick={addLayer}>+ {w.addLayer}</button>
          )}
          <EdgeKinds />
        </div>
      }
    >
      {isShown("layers") && <LayerSettings />}
      <p class="unseen" id="network-help">{w.networkHelp}</p>
      {network === null && <p class="note">{w.starting}</p>}
      <div class="scroll" ref={ref}>
        {shape !== null && layout !== null && (
          <LayerHead titles={shape.columns.map(({ title }) => title)} x={layout.x} />
        )}
        {shape !== null && layout !== null && network !== null && (
          <div
            class="drawing"
            role="application"
            aria-label={w.networkLabel}
            aria-describedby="network-help"
            style={{ height: `${layout.height}px`, width: `${inner}px` }}
            onKeyDown={onKey}
          >
            <svg width={inner} height={layout.height} class={lit.size > 0 ? "has-lit" : ""}>
              <EdgeLines
                shape={shape}
                layout={layout}
                values={values}
                lit={lit}
                hovered={hovered}
                tabStop={place.kind === "edge" ? keyOf(place) : ""}
                chosen={shown.kind === "chain" ? shown.weight : null}
                register={register}
                onFocus={(edge, index) => {
                  setPlace({ kind: "edge", column: edge.column, index });
                  setHovered(edge);
                }}
                onHover={setHovered}
                onOpen={open}
              />
            </svg>
            {shape.columns.map((column, c) =>
              column.names.map((name, unit) => (
                <NetworkNode
                  key={`${c}-${unit}`}
                  name={column.layer === null ? w.inputName(name) : name}
                  label={column.layer === null ? name.split(",")[0] : ""}
                  column={column}
                  columnIndex={c}
                  unit={unit}
                  isLast={c === shape.columns.length - 1}
                  order={phase?.phase === "backward" ? shape.columns.length - 1 - c : c}
                  left={layout.x(c)}
                  top={layout.y(c, unit)}
                  size={layout.size}
                  isTabStop={place.kind === "neuron" && place.column === c && place.index === unit}
                  register={register(`neuron-${c}-${unit}`)}
                  onFocus={() => setPlace({ kind: "neuron", column: c, index: unit })}
                />
              ))
            )}
            {hovered !== null && hovered.weight !== null && <Tip edge={hovered} values={values} layout={layout} />}
          </div>
        )}
      </div>
      <Legend values={values} kind={kind} />
    </Card>
  );
}

function keyOf({ kind, column, index }: Place): string {
  return `${kind}-${column}-${index}`;
}

/** What the lines stand for. */
function EdgeKinds() {
  const w = words.value;
  const { view } = store.configuration.value;
  return (
    <fieldset class="segments">
      <legend>{w.edges}</legend>
      {EDGE_KINDS.map((each) => (
        <label key={each} class={each === view.edges ? "on" : ""}>
          <input
            type="radio"
            name="edges"
            checked={each === view.edges}
            onChange={() => show({ view: { ...view, edges: each } })}
          />
          {w.edgeKinds[each]}
        </label>
      ))}
    </fieldset>
  );
}

/** One more hidden layer, like the last one. */
function addLayer(): void {
  const { layers } = store.configuration.value;
  const activation = String(layers.findLast(({ name }) => name === "dense")?.options.activation ?? "tanh");
  configure({ layers: [...layers, { name: "dense", options: { units: 4, activation } }] });
}

/** Where an arrow key leads; null: nowhere. */
function move(shape: NetworkShape, { kind, column, index }: Place, key: string): Place | null {
  const reachable = (c: number) => (shape.edges[c] ?? []).flatMap(({ weight }, i) => weight === null ? [] : [i]);
  if (key === "ArrowUp" || key === "ArrowDown" || key === "Home" || key === "End") {
    const list = kind === "neuron" ? shape.columns[column].names.map((_, i) => i) : reachable(column);
    const at = list.indexOf(index);
    const next = key === "Home" ? 0 : key === "End" ? list.length - 1 : at + (key === "ArrowUp" ? -1 : 1);
    return list[next] === undefined ? null : { kind, column, index: list[next] };
  }
  if (key === "ArrowRight") {
    if (kind === "edge") return { kind: "neuron", column, index: shape.edges[column][index].to };
    const next = reachable(column + 1);
    const found = next.find((i) => shape.edges[column + 1][i].from === index) ?? next[0];
    if (found !== undefined) return { kind: "edge", column: column + 1, index: found };
    return column + 1 < shape.columns.length ? { kind: "neuron", column: column + 1, index: 0 } : null;
  }
  if (key === "ArrowLeft") {
    if (kind === "edge") {
      const { from, to } = shape.edges[column][index];
      if (from === null) return { kind: "neuron", column, index: to };
      return { kind: "neuron", column: column - 1, index: from };
    }
    const found = reachable(column).find((i) => shape.edges[column][i].to === index);
    if (found !== undefined) return { kind: "edge", column, index: found };
    return column > 0 ? { kind: "neuron", column: column - 1, index: 0 } : null;
  }
  return null;
}

/** The lines that the open chain goes through, as "column from to". */
function litEdges(shape: NetworkShape | null): Set<string> {
  const lit = new Set<string>();
  const chain = store.chain.value;
  const shown = store.shown.value;
  if (shape === null || chain === null || shown.kind !== "chain") return lit;
  for (let i = 0; i + 2 < chain.edges.length; i += 3) {
    lit.add(`${chain.edges[i] + 1} ${chain.edges[i + 1]} ${chain.edges[i + 2]}`);
  }
  return lit;
}

function EdgeLines({ shape, layout, values, lit, hovered, tabStop, chosen, register, onFocus, onHover, onOpen }: {
  shape: NetworkShape;
  layout: Layout;
  values: Float32Array | null;
  lit: ReadonlySet<string>;
  hovered: Edge | null;
  tabStop: string;
  chosen: number | null;
  register: (key: string) => (element: SVGElement | null) => void;
  onFocus: (edge: Edge, index: number) => void;
  onHover: (edge: Edge | null) => void;
  onOpen: (edge: Edge) => void;
}) {
  const w = words.value;
  const kind = w.edgeKinds[store.configuration.value.view.edges];
  const largest = largestOf(values);
  const { kind: shownKind } = store.shown.value;
  const hasNumbers = shownKind === "phase" || shownKind === "row";
  return (
    <g>
      {shape.edges.map((edges, column) => {
        const lines = edges.filter(({ from, weight }) => from !== null && weight !== null).length;
        const isFanIn = column > 0 && shape.columns[column - 1].names.length > shape.columns[column].names.length;
        return edges.map((edge, index) => {
          const { from, to, weight } = edge;
          const value = weight === null || values === null ? 0 : values[weight];
          const key = `edge-${column}-${index}`;
          const share = largest === 0 ? 0 : Math.min(1, Math.abs(value) / largest);
          const isNegative = value < 0;
          const y = layout.y(column, to);
          const x = layout.x(column) - layout.size / 2;
          const start = from === null ? null : [layout.x(column - 1) + layout.size / 2, layout.y(column - 1, from)];
          const bend = start === null ? 0 : (x - start[0]) / 2;
          const d = start === null
            ? `M${x - 9},${y + layout.size / 2 + 3} L${x + 4},${y + layout.size / 2 - 5}`
            : `M${start[0]},${start[1]} C${start[0] + bend},${start[1]} ${x - bend},${y} ${x},${y}`;
          const isLit = from !== null && lit.has(`${column} ${from} ${to}`);
          const names = [
            "edge",
            weight === null ? "plain" : value === 0 ? "zero" : isNegative ? "negative" : "positive",
            isLit ? "lit" : "",
            weight !== null && weight === chosen ? "chosen" : "",
            hovered === edge ? "hovered" : "",
          ].join(" ");
          if (weight === null) return <path key={key} class={names} d={d} />;
          const middle = start === null ? null : along(start, [x, y], hasNumbers ? 0.5 : isFanIn ? 0.3 : 0.7);
          const words = w.edgeValue(edge.name, kind, formatNumber(value, 3));
          return (
            <g
              key={key}
              class={names}
              role="button"
              tabIndex={key === tabStop ? 0 : -1}
              aria-label={values === null ? edge.name : words}
              ref={register(key)}
              onFocus={() => onFocus(edge, index)}
              onBlur={() => onHover(null)}
              onMouseEnter={() => onHover(edge)}
              onMouseLeave={() => onHover(null)}
              onClick={() => onOpen(edge)}
              onKeyDown={(event) => {
                if (event.key !== "Enter" && event.key !== " ") return;
                event.preventDefault();
                onOpen(edge);
              }}
            >
              <path class="target" d={d} />
              <path class="line" d={d} style={{ strokeWidth: 0.7 + 5 * share }} />
              {start === null && <circle class="line dot" cx={x - 9} cy={y + layout.size / 2 + 3} r={3} />}
              {middle !== null && lines <= MOST_LABELS && values !== null && (
                <text class="edge-label" x={middle[0]} y={middle[1]} aria-hidden="true">{formatNumber(value, 3)}</text>
              )}
            </g>
          );
        });
      })}
    </g>
  );
}

/** The place at a share of a line's way. */
function along([x0, y0]: readonly number[], [x1, y1]: readonly number[], t: number): [x: number, y: number] {
  return [x0 + (x1 - x0) * (1.5 * t * (1 - t) + t ** 3), y0 + (y1 - y0) * (3 * t * t - 2 * t ** 3)];
}

function largestOf(values: Float32Array | null): number {
  let largest = 0;
  for (const value of values ?? []) if (Number.isFinite(value) && Math.abs(value) > largest) largest = Math.abs(value);
  return largest;
}

/** The number of the line under the pointer or in focus. */
function Tip({ edge, values, layout }: { edge: Edge; values: Float32Array | null; layout: Layout }) {
  const kind = words.value.edgeKinds[store.configuration.value.view.edges];
  const text = values === null ? "–" : formatNumber(values[edge.weight!], 5);
  const left = edge.from === null ? layout.x(edge.column) : (layout.x(edge.column) + layout.x(edge.column - 1)) / 2;
  const from = edge.from === null
    ? layout.y(edge.column, edge.to) + layout.size / 2
    : layout.y(edge.column - 1, edge.from);
  const top = (from + layout.y(edge.column, edge.to)) / 2;
  return (
    <div class="tip" aria-hidden="true" style={{ left: `${left}px`, top: `${top}px` }}>
      <small>{edge.name}</small>
      <b>{kind} {text}</b>
    </div>
  );
}

function Legend({ values, kind }: { values: Float32Array | null; kind: (typeof EDGE_KINDS)[number] }) {
  const w = words.value;
  const network = store.network.value;
  if (kind !== "weights" && values === null) {
    return <p class="note">{network?.hasGradients === false ? w.noGradients : w.notYet}</p>;
  }
  return (
    <p class="note legend">
      <span>
        <span class="key positive" aria-hidden="true" />
        {w.positiveSolid}
      </span>
      <span>
        <span class="key negative" aria-hidden="true" />
        {w.negativeDashed}
      </span>
      {values !== null && <span>{w.thickness(formatNumber(largestOf(values), 3))}</span>}
      {network !== null && <span>{w.summary(String(values?.length ?? 0), String(network.layers.length))}</span>}
    </p>
  );
}
