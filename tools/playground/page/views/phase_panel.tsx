// deno-lint-ignore-file verbatim-module-syntax -- the pragma uses h
/** @jsxRuntime classic */
/** @jsx h */
import { h } from "../../../packages/preact.ts";
import type { PhaseResult } from "../../protocol.ts";
import { formatNumber } from "../parts/format.ts";
import { store, words } from "../state/store.ts";
import { LayerTable } from "./layer_table.tsx";
import { layerTitle, networkColumns, type NetworkShape } from "./network_columns.ts";

const PHASES = ["forward", "loss", "backward", "replace"] as const;
const MOST_WEIGHTS = 60;

/** What the phases of the step have found so far. */
export function PhasePanel() {
  const w = words.value;
  const network = store.network.value;
  const result = store.phase.value;
  if (network === null) return null;
  if (result === null) return <p class="note">{w.working}</p>;
  const at = PHASES.indexOf(result.phase);
  const shape = networkColumns(network, w);
  return (
    <div>
      <h3>{w.phaseTitle}</h3>
      <ol class="phase-list">
        {PHASES.map((phase, i) => (
          <li key={phase} class={i < at ? "done" : i === at ? "now" : ""} aria-current={i === at ? "step" : undefined}>
            {w.phase[phase]}
          </li>
        ))}
      </ol>
      <p>{w.phaseWords[result.phase]}</p>
      <p>
        {w.rowsOfBatch(String(result.rows.length))}
        {result.loss !== null && <b class="loss">E = {formatNumber(result.loss, 6)}</b>}
      </p>
      {result.rows.length > 1 && <p class="note">{w.meanOverRows}</p>}
      {result.phase === "replace" ? <WeightTable result={result} shape={shape} /> : (
        <div class="row wide-gap top">
          {result.layers.map((layer, i) => (
            <LayerTable key={layer.layer} title={layerTitle(w, i, result.layers.length)} layer={layer} />
          ))}
        </div>
      )}
    </div>
  );
}

/** Every weight's old value, gradient, change and new value: all replaced together. */
function WeightTable({ result, shape }: { result: PhaseResult; shape: NetworkShape }) {
  const w = words.value;
  const { before, after, gradients } = result;
  if (before === null || after === null) return null;
  const edges = shape.edges.flat().filter(({ weight }) => weight !== null);
  return (
    <div class="scroll tall" tabIndex={0} role="group" aria-label={w.phase.replace}>
      <table>
        <thead>
          <tr>
            {[w.weight, w.old, w.gradient, w.change, w.replaced].map((name) => <th key={name} scope="col">{name}</th>)}
          </tr>
        </thead>
        <tbody>
          {edges.slice(0, MOST_WEIGHTS).map(({ name, weight }) => (
            <tr key={weight}>
              <th scope="row">{name}</th>
              <td>{formatNumber(before[weight!], 5)}</td>
              <td>{gradients === null ? "–" : formatNumber(gradients[weight!])}</td>
              <td>{formatNumber(after[weight!] - before[weight!])}</td>
              <td>
                <b>{formatNumber(after[weight!], 5)}</b>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {edges.length > MOST_WEIGHTS && <p class="note">{w.firstRows(String(MOST_WEIGHTS), String(edges.length))}</p>}
    </div>
  );
}
