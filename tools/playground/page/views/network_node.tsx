// deno-lint-ignore-file verbatim-module-syntax -- the pragma uses h
/** @jsxRuntime classic */
/** @jsx h */
/// <reference lib="dom" />
import { h } from "../../../packages/preact.ts";
import { scaleOf } from "../parts/colours.ts";
import { formatNumber } from "../parts/format.ts";
import { MapCanvas } from "../parts/map_canvas.tsx";
import { store } from "../state/store.ts";
import type { Column } from "./network_columns.ts";

/** A neuron of the drawing: its map, and the numbers of the phase or sample that is looked at. */
export function NetworkNode(
  { name, label, column, columnIndex, unit, isLast, order, left, top, size, isTabStop, register, onFocus }: {
    name: string;
    /** Text in the picture, for inputs. */
    label: string;
    column: Column;
    columnIndex: number;
    unit: number;
    isLast: boolean;
    /** When its numbers appear: values come from the inputs, gradients from the output. */
    order: number;
    left: number;
    top: number;
    size: number;
    isTabStop: boolean;
    register: (element: HTMLElement | null) => void;
    onFocus: () => void;
  },
) {
  const maps = store.calmFrame.value?.maps ?? null;
  const at = column.firstMap + unit;
  const area = maps === null ? 0 : maps.size * maps.size;
  const values = maps === null ? null : maps.values.subarray(at * area, (at + 1) * area);
  const isChosen = store.neuron.value === at;
  const numbers = numbersOf(columnIndex, unit);
  const hasRoom = size > 24;
  const isBeside = !isLast && column.layer !== null;
  return (
    <div
      class={`neuron${numbers?.isNew ? " new" : ""}${isBeside ? " beside" : ""}`}
      style={{
        "--order": order,
        left: `${left - size / 2}px`,
        top: `${top - size / 2}px`,
        width: `${size}px`,
        height: `${size}px`,
      }}
    >
      <button
        type="button"
        class={isChosen ? "node chosen" : "node"}
        tabIndex={isTabStop ? 0 : -1}
        aria-pressed={isChosen}
        aria-label={numbers === null ? name : `${name}, ${numbers.words}`}
        title={name}
        ref={register}
        onFocus={onFocus}
        onClick={() => store.neuron.value = isChosen ? null : at}
      >
        {maps !== null && values !== null && (
          <MapCanvas size={maps.size} values={values} scale={scaleOf(column.layer?.activation ?? null, values)} />
        )}
      </button>
      {label !== "" && <span class="node-name" aria-hidden="true">{label}</span>}
      {hasRoom && numbers !== null && (
        <span class="node-numbers" aria-hidden="true">
          {numbers.lines.map((line) => <span key={line}>{line}</span>)}
        </span>
      )}
    </div>
  );
}

interface Numbers {
  readonly lines: readonly string[];
  readonly words: string;
  readonly isNew: boolean;
}

/** What stands beside a neuron: a and ∂E/∂z of the phase, or of the sample, that the inspector shows. */
function numbersOf(column: number, unit: number): Numbers | null {
  const shown = store.shown.value;
  const phase = shown.kind === "phase" ? store.phase.value : null;
  const source = phase ?? (shown.kind === "row" ? store.row.value : null);
  if (source === null) return null;
  if (column === 0) {
    const { inputs } = source;
    const features = store.network.value?.configuration.features.length ?? 1;
    const text = formatNumber(mean(inputs, features, unit), 3);
    return { lines: [text], words: text, isNew: phase?.phase === "forward" };
  }
  const layer = source.layers[column - 1];
  if (layer === undefined) return null;
  const a = `a ${formatNumber(mean(layer.a, layer.units, unit), 3)}`;
  const gradient = layer.dz ?? layer.da;
  const isBackward = gradient !== null && (phase === null || phase.phase === "backward" || phase.phase === "replace");
  const lines = isBackward ? [a, `∂ ${formatNumber(mean(gradient, layer.units, unit), 3)}`] : [a];
  const said = isBackward ? `a ${lines[0].slice(2)}, ∂E/∂z ${lines[1].slice(2)}` : a;
  return { lines, words: said, isNew: phase?.phase === "forward" || phase?.phase === "backward" };
}

function mean(values: Float32Array, width: number, unit: number): number {
  const rows = values.length / width;
  let sum = 0;
  for (let row = 0; row < rows; row++) sum += values[row * width + unit];
  return sum / rows;
}
