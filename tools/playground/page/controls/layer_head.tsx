// deno-lint-ignore-file verbatim-module-syntax -- the pragma uses h
/** @jsxRuntime classic */
/** @jsx h */
/// <reference lib="dom" />
import { h } from "../../../packages/preact.ts";
import { LIMITS, type OptionValues, type Part } from "../../configuration/configuration.ts";
import { ACTIVATIONS } from "../../configuration/layer_fields.ts";
import { Choice } from "../parts/field_form.tsx";
import { configure } from "../state/actions.ts";
import { isShown, store, words } from "../state/store.ts";

/** The settings of a layer: its number among the hidden layers; the output is one more. */
export function layerAt(index: number): Part {
  const { layers, output } = store.configuration.value;
  return layers[index] ?? { name: "dense", options: output };
}

/** Changes a layer. */
export function setLayer(index: number, layer: Part): void {
  const { layers } = store.configuration.value;
  if (index < layers.length) configure({ layers: layers.with(index, layer) });
  else configure({ output: layer.options });
}

/** Above each column of the drawing: its name, and for a layer its size and activation. */
export function LayerHead({ titles, x }: { titles: readonly string[]; x: (column: number) => number }) {
  return (
    <div class="layer-head">
      {titles.map((title, column) => (
        <div key={column} class="column-head" style={{ left: `${x(column)}px` }}>
          {column === 0
            ? <b>{title}</b>
            : isShown("layers")
            ? <LayerControls index={column - 1} title={title} />
            : <LayerNames index={column - 1} title={title} />}
        </div>
      ))}
    </div>
  );
}

function LayerNames({ index, title }: { index: number; title: string }) {
  const { name, options } = layerAt(index);
  return (
    <span>
      <b>{title}</b>
      <small>{name === "dense" ? String(options.activation ?? "linear") : name}</small>
    </span>
  );
}

function LayerControls({ index, title }: { index: number; title: string }) {
  const w = words.value;
  const layer = layerAt(index);
  const { name, options } = layer;
  const isOutput = index >= store.configuration.value.layers.length;
  const isOpen = store.openLayer.value === index;
  const units = Number(options.units ?? 4);
  const set = (change: OptionValues) => setLayer(index, { name, options: { ...options, ...change } });
  return (
    <fieldset class="layer-group">
      <legend>{title}</legend>
      {name === "dense" && !isOutput && (
        <span class="stepper">
          <button
            type="button"
            aria-label={w.fewerUnits(title)}
            disabled={units <= 1}
            onClick={() => set({ units: units - 1 })}
          >
            −
          </button>
          <output aria-label={w.units(String(units))}>{units}</output>
          <button
            type="button"
            aria-label={w.moreUnits(title)}
            disabled={units >= LIMITS.units}
            onClick={() => set({ units: units + 1 })}
          >
            +
          </button>
        </span>
      )}
      {name === "dense"
        ? (
          <Choice
            id={`layer-${index}-activation`}
            label={w.activationOf(title)}
            isHidden
            value={String(options.activation ?? "linear")}
            choices={ACTIVATIONS}
            onChange={(activation) => set({ activation })}
          />
        )
        : <small>{name}</small>}
      <button
        type="button"
        class="dots"
        aria-expanded={isOpen}
        aria-label={w.settingsOf(title)}
        title={w.settingsOf(title)}
        onClick={() => store.openLayer.value = isOpen ? null : index}
      >
        ⋯
      </button>
    </fieldset>
  );
}
