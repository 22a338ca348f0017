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

/** One layer's bar and numbers. */
interface Row {
  readonly layer: string;
  /** What the bar shows. */
  readonly size: number;
  readonly statistics: LayerStatistics | null;
}

/** How large the gradient is in each layer, now and over the epochs. */
export function FlowView() {
  const w = words.value;
  const network = store.network.value;
  const { lists } = store.curves.value;
  const title = (name: string) => {
    const layers = network?.layers ?? [];
    const index = layers.findIndex((layer) => layer.name === name);
    return index < 0 ? name : layerTitle(w, index, layers.length);
  };
  const rows = listRows();
  const hasStatistics = rows.some(({ statistics }) => statistics !== null);
  const columns = hasStatistics ? w.flowColumns : [w.flowColumns[0], w.flowColumns[2]];
  const last = rows.at(-1)?.size ?? 0;
  const ratio = rows.length > 1 && last > 0 ? rows[0].size / last : null;
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
      <p class="note">{hasStatistics ? w.flowWords : w.flowNormWords}</p>
      {rows.length === 0
        ? <p>{network?.hasGradients === false ? w.noGradients : w.notYet}</p>
        : (
          <div class="scroll" tabIndex={0} role="group" aria-label={w.flow}>
            <table class="flow-table">
              <thead>
                <tr>{columns.map((name) => <th key={name} scope="col">{name}</th>)}</tr>
              </thead>
              <tbody>
                {rows.map(({ layer, size, statistics }) => (
                  <tr key={layer}>
                    <th scope="row">{title(layer)}</th>
                    <td>
                      <Bar value={size} all={rows.map((row) => row.size)} />
                      {formatNumber(size, 3)}
                    </td>
                    {statistics !== null && <Cells row={statistics} />}
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

/** The layers with ∂E/∂z where statistics are taken, else with the norms of their weights' gradients. */
function listRows(): Row[] {
  const frame = store.calmFrame.value;
  const network = store.network.value;
  if (frame === null || network === null) return [];
  if (frame.statistics !== null) {
    return frame.statistics.flatMap((statistics) => {
      const size = statistics.dz ?? statistics.da;
      return size === null ? [] : [{ layer: statistics.layer, size, statistics }];
    });
  }
  const { gradients } = frame;
  if (gradients === null) return [];
  return network.layers.flatMap(({ name, parameters }) => {
    let squares = 0;
    let count = 0;
    for (const number of parameters) {
      const { offset, shape, isTrained } = network.parameters[number];
      if (!isTrained) continue;
      const elements = shape.reduce((product, side) => product * side, 1);
      for (let i = offset; i < offset + elements; i++) squares += gradients[i] ** 2;
      count += elements;
    }
    return count === 0 ? [] : [{ layer: name, size: Math.sqrt(squares), statistics: null }];
  });
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
