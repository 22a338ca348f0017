// deno-lint-ignore-file verbatim-module-syntax -- the pragma uses h
/** @jsxRuntime classic */
/** @jsx h */
/// <reference lib="dom" />
import { h, useState } from "../../../packages/preact.ts";
import { formatCount, formatNumber } from "../parts/format.ts";
import { inspect } from "../state/actions.ts";
import { store, words } from "../state/store.ts";
import { samplePoints } from "./sample_points.ts";

const MOST_ROWS = 60;

/** The samples and the answers as a table: the picture's twin in text. */
export function PointsTable() {
  const w = words.value;
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{w.pointsTable}</summary>
      {isOpen && <Rows />}
    </details>
  );
}

function Rows() {
  const w = words.value;
  const network = store.network.value;
  const frame = store.calmFrame.value;
  if (network === null || frame === null) return null;
  const points = samplePoints(network, true);
  const { outputs } = network;
  const answers = (set: "train" | "test", index: number): string => {
    const list = set === "train" ? frame.answers : frame.testAnswers;
    return Array.from({ length: outputs }, (_, k) => formatNumber(list[index * outputs + k], 3)).join("  ");
  };
  return (
    <div class="scroll tall" tabIndex={0} role="group" aria-label={w.pointsTable}>
      <table>
        <thead>
          <tr>
            <th scope="col">{w.number}</th>
            <th scope="col">{w.set}</th>
            <th scope="col">{network.axes[0] || "x₁"}</th>
            <th scope="col">{network.axes[1] || "x₂"}</th>
            <th scope="col">{w.label}</th>
            <th scope="col">{w.answer}</th>
          </tr>
        </thead>
        <tbody>
          {points.slice(0, MOST_ROWS).map(({ set, index, x1, x2, y }) => (
            <tr key={`${set}-${index}`}>
              <td>
                <button
                  type="button"
                  class="link"
                  aria-label={w.sampleOf(w[set], String(index + 1))}
                  onClick={() => inspect({ kind: "row", set, index })}
                >
                  {index + 1}
                </button>
              </td>
              <td>{w[set]}</td>
              <td>{formatNumber(x1, 3)}</td>
              <td>{formatNumber(x2, 3)}</td>
              <td>{network.task === "classes" ? network.labels[y] ?? String(y) : formatNumber(y, 3)}</td>
              <td>{answers(set, index)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {points.length > MOST_ROWS && (
        <p class="note">{w.firstRows(formatCount(MOST_ROWS), formatCount(points.length))}</p>
      )}
    </div>
  );
}
