// deno-lint-ignore-file verbatim-module-syntax -- the pragma uses h
/** @jsxRuntime classic */
/** @jsx h */
/// <reference lib="dom" />
import { h } from "../../../packages/preact.ts";
import { CopyButton } from "../parts/copy_button.tsx";
import { NumberInput } from "../parts/field_form.tsx";
import { formatNumber } from "../parts/format.ts";
import { Rendered } from "../parts/rendered.tsx";
import { inspect, setWeight } from "../state/actions.ts";
import { store, words } from "../state/store.ts";
import { edgeOf, networkColumns } from "./network_columns.ts";

const MOST_SAMPLES = 40;

/** The chain of factors behind a weight's gradient. */
export function ChainPanel() {
  const w = words.value;
  const shown = store.shown.value;
  const network = store.network.value;
  const frame = store.calmFrame.value;
  const chain = store.chain.value;
  if (shown.kind !== "chain" || network === null) return null;
  const edge = edgeOf(networkColumns(network, w), shown.weight);
  const numbers = [
    [w.gradientValue, frame?.gradients?.[shown.weight]],
    [w.updateValue, frame?.updates?.[shown.weight]],
  ] as const;
  const samples = Math.min(network.train.count, MOST_SAMPLES);
  return (
    <div class="chain">
      <h3>{w.chainOf(edge?.name ?? String(shown.weight))}</h3>
      <div class="row">
        {network.hasGradients && (
          <label class="field" for="chain-sample">
            <span>{w.chainSamples}</span>
            <select
              id="chain-sample"
              value={shown.sample === null ? "" : String(shown.sample)}
              onChange={({ currentTarget: { value } }) =>
                inspect({ ...shown, sample: value === "" ? null : Number(value) })}
            >
              <option value="" selected={shown.sample === null}>{w.chainBatch}</option>
              {Array.from(
                { length: samples },
                (_, i) => (
                  <option key={i} value={String(i)} selected={shown.sample === i}>
                    {w.chainSample(String(i + 1))}
                  </option>
                ),
              )}
            </select>
          </label>
        )}
        {frame !== null && (
          <NumberInput
            id="chain-weight"
            label={w.setWeight}
            value={Number(frame.weights[shown.weight].toPrecision(7))}
            field={{ kind: "number", min: -1e6, max: 1e6, initial: 0 }}
            onChange={(value) => value !== null && setWeight(shown.weight, value)}
          />
        )}
        {numbers.map(([name, value]) =>
          value !== undefined && (
            <span key={name} class="figure">
              <small>{name}</small>
              {formatNumber(value, 5)}
            </span>
          )
        )}
        {chain !== null && <CopyButton label={w.copyLatex} text={chain.latex} />}
      </div>
      {network.hasGradients && <p class="note">{w.chainWords}</p>}
      {!network.hasGradients
        ? null
        : chain === null
        ? <p class="note">{w.working}</p>
        : (
          <div class="scroll formula" tabIndex={0} role="group" aria-label={w.chainOf(edge?.name ?? "")}>
            <Rendered html={chain.html} />
          </div>
        )}
    </div>
  );
}
