// deno-lint-ignore-file verbatim-module-syntax -- the pragma uses h
/** @jsxRuntime classic */
/** @jsx h */
import { h } from "../../../packages/preact.ts";
import { formatNumber } from "../parts/format.ts";
import { store, words } from "../state/store.ts";
import { LayerTable } from "./layer_table.tsx";
import { layerTitle, networkColumns } from "./network_columns.ts";

/** The values of one sample in all layers. */
export function RowPanel() {
  const w = words.value;
  const shown = store.shown.value;
  const row = store.row.value;
  const network = store.network.value;
  if (shown.kind !== "row" || network === null) return null;
  if (row === null) return <p class="note">{w.working}</p>;
  const { names } = networkColumns(network, w).columns[0];
  return (
    <div>
      <h3>{w.sampleOf(w[shown.set], String(shown.index + 1))}</h3>
      <p>
        {names.map((name, i) => `${name} = ${formatNumber(row.inputs[i])}`).join(", ")}
        {"; "}
        {w.label} {Array.from(row.labels, (value) => formatNumber(value)).join(", ")}
        {". "}
        {w.sampleLoss(formatNumber(row.loss, 5))}
      </p>
      <div class="row wide-gap top">
        {row.layers.map((layer, i) => (
          <LayerTable key={layer.layer} title={layerTitle(w, i, row.layers.length)} layer={layer} />
        ))}
      </div>
    </div>
  );
}
