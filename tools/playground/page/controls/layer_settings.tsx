// deno-lint-ignore-file verbatim-module-syntax -- the pragma uses h
/** @jsxRuntime classic */
/** @jsx h */
/// <reference lib="dom" />
import { h } from "../../../packages/preact.ts";
import { DENSE_FIELDS, INITIALIZERS, LAYER_FIELDS } from "../../configuration/layer_fields.ts";
import { Choice, FieldForm } from "../parts/field_form.tsx";
import { configure } from "../state/actions.ts";
import { store, words } from "../state/store.ts";
import { layerTitle } from "../views/network_columns.ts";
import { layerAt, setLayer } from "./layer_head.tsx";

/** Names with a place of their own. */
const OWN_PLACE = ["units", "activation", "initializer"];

/** All settings of the layer whose dots were clicked. */
export function LayerSettings() {
  const w = words.value;
  const index = store.openLayer.value;
  const { layers } = store.configuration.value;
  if (index === null || index > layers.length) return null;
  const isOutput = index === layers.length;
  const title = layerTitle(w, index, layers.length + 1);
  const { name, options } = layerAt(index);
  const isDense = name === "dense";
  const all = isDense ? DENSE_FIELDS : LAYER_FIELDS[name] ?? {};
  const fields = Object.fromEntries(Object.entries(all).filter(([field]) => !isDense || !OWN_PLACE.includes(field)));
  const id = `settings-${index}`;
  const close = () => store.openLayer.value = null;
  const insert = () =>
    configure({
      layers: layers.toSpliced(index, 0, {
        name: "dense",
        options: { units: 4, activation: String(options.activation ?? "tanh") },
      }),
    });
  return (
    <section class="layer-settings" aria-label={w.settingsOf(title)}>
      <div class="row">
        <b>{title}</b>
        {!isOutput && (
          <Choice
            id={`${id}-type`}
            label={w.layerType(title)}
            isHidden
            value={name}
            choices={Object.keys(LAYER_FIELDS)}
            onChange={(next) =>
              setLayer(index, { name: next, options: next === "dense" ? { units: 4, activation: "tanh" } : {} })}
          />
        )}
        {!isOutput && (
          <button
            type="button"
            class="small"
            onClick={() => {
              close();
              configure({ layers: layers.toSpliced(index, 1) });
            }}
          >
            {w.removeLayer(title)}
          </button>
        )}
        <button type="button" class="small" onClick={insert}>{w.insertBefore(title)}</button>
        <button type="button" class="small" onClick={close}>{w.close}</button>
      </div>
      {isDense && (
        <Choice
          id={`${id}-initializer`}
          label={w.initializerOf(title)}
          value={String(options.initializer ?? DENSE_FIELDS.initializer.initial)}
          choices={INITIALIZERS}
          onChange={(initializer) => setLayer(index, { name, options: { ...options, initializer } })}
        />
      )}
      <FieldForm
        id={id}
        fields={fields}
        values={options}
        onChange={(next) => setLayer(index, { name, options: next })}
      />
    </section>
  );
}
