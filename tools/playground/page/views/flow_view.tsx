// deno-lint-ignore-file verbatim-module-syntax -- the pragma uses h
/** @jsxRuntime classic */
/** @jsx h */
import { h } from "../../../packages/preact.ts";
import { Card } from "../parts/card.tsx";
import { DASHES } from "../parts/colours.ts";
import { formatNumber, formatShare } from "../parts/format.ts";
import { type Line, LineChart, LineKeys } from "../parts/line_chart.tsx";
import type { LayerStatistics } from "../../protocol.ts";
import { store, words } from "../state/store.ts";
import { layerTitle } from "./network_columns.ts";

/** How large the gradient is in each layer, now and over the epochs. */
export function FlowView() {
  const w = words.value;
  const statistics = store.frame.value?.statistics ?? [];
  const network = store.network.value;
  const { lists } = store.curves.value;
  const title = (name: string) => {
    const layers = network?.layers ?? [];
    const index = layers.findIndex((layer) => layer.name === name);
    return index < 0 ? name : layerTitle(w, index, layers.length);
  };
  const rows = statistics.filter(({ dz, da }) => (dz ?? da) !== null);
  const sizes = rows.map(({ dz, da }) => dz ?? da ?? 0);
  const ratio = sizes.length > 1 && sizes.at(-1)! > 0 ? sizes[0] / sizes.at(-1)! : null;
  const lines: Line[] = lists.layers.map((name, i) => ({
    name: title(name),
    x: lists.epochs,
    y: lists.gradientNorms[i] ?? [],
    colour: depthColour(i, lists.layers.length),
    dash: DASHES[i % DASHES.length],
    isSmooth: true,
  }));
  return (
    <Card id="flow" title={w.flow}>
      <p class="note">{w.flowWords}</p>
      {rows.length === 0
        ? store.frame.value?.gradients === null && <p>{w.notYet}</p>
        : (
          <div class="scroll" tabIndex={0} role="group" aria-label={w.flow}>
            <table class="flow-table">
              <thead>
                <tr>{w.flowColumns.map((name) => <th key={name} scope="col">{name}</th>)}</tr>
              </thead>
              <tbody>
                {rows.map((row, i) => (
                  <tr key={row.layer}>
                    <th scope="row">{title(row.layer)}</th>
                    <td>
                      <Bar value={sizes[i]} all={sizes} />
                      {formatNumber(sizes[i], 3)}
                    </td>
                    <Cells row={row} />
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      {ratio !== null && <p>{w.flowSentence(formatNumber(ratio, 3))}</p>}
      {lists.epochs.length > 1 && lines.length > 0 && (
        <div>
          <h3>{w.flowHistory}</h3>
          <LineChart label={w.flowHistory} lines={lines} height={150} isLogarithmic />
          <LineKeys lines={lines} />
        </div>
      )}
    </Card>
  );
}

/** From blue at the first layer to brown at the last. */
function depthColour(index: number, count: number): string {
  const share = count < 2 ? 0 : index / (count - 1);
  const at = (from: number, to: number) => Math.round(from + (to - from) * share);
  return `rgb(${at(0, 178)}, ${at(114, 90)}, ${at(178, 0)})`;
}

function Cells({ row }: { row: LayerStatistics }) {
  const shares = [row.saturatedShare, row.deadShare, row.frozenShare];
  return [
    <td key="gradient">{row.gradientNorm === null ? "–" : formatNumber(row.gradientNorm, 3)}</td>,
    <td key="update">{row.updateRatio === null ? "–" : formatNumber(row.updateRatio, 3)}</td>,
    ...shares.map((share, i) => <td key={i}>{share === null ? "–" : formatShare(share)}</td>),
  ] as unknown as ReturnType<typeof h>;
}

/** A bar on a logarithmic axis: from a hundredth of a millionth of the largest. */
function Bar({ value, all }: { value: number; all: readonly number[] }) {
  const most = Math.log10(Math.max(...all, 1e-30));
  const least = Math.min(most - 2, ...all.map((size) => Math.max(most - 14, Math.log10(size || 1e-30)))) - 0.3;
  const share = value > 0 ? Math.max(0.01, (Math.log10(value) - least) / (most - least)) : 0;
  return (
    <span class="bar" aria-hidden="true">
      <span style={{ width: `${100 * Math.min(1, share)}%` }} />
    </span>
  );
}
