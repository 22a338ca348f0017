// deno-lint-ignore-file verbatim-module-syntax -- the pragma uses h
/** @jsxRuntime classic */
/** @jsx h */
import { h } from "../../../packages/preact.ts";
import { LECTURE_RATES } from "../../configuration/presets.ts";
import { Card } from "../parts/card.tsx";
import { formatNumber } from "../parts/format.ts";
import { Rendered } from "../parts/rendered.tsx";
import { compareRates, configure, measureCurvature } from "../state/actions.ts";
import { store, words } from "../state/store.ts";

/** The highest rate of the slider: where the surface is flat, no rate follows from it. */
const MOST_RATE = 100;

/** η·λmax, the rate that it suggests, and the lecture's rates beside each other. */
export function CurvatureView() {
  const w = words.value;
  const found = store.curvature.value;
  const rates = store.rates.value;
  const epochs = Math.max(50, Math.min(400, store.frame.value?.epoch ?? 200)) || 200;
  return (
    <Card id="curvature" title={w.curvature}>
      <div class="row">
        <button type="button" disabled={found === "busy"} onClick={measureCurvature}>
          {found === "busy" ? w.working : w.curvatureMeasure}
        </button>
        <button type="button" disabled={rates === "busy"} onClick={() => compareRates(LECTURE_RATES, epochs)}>
          {rates === "busy" ? w.working : w.compareRates}
        </button>
      </div>
      {found !== null && found !== "busy" && (
        <div>
          <p>{w.curvatureLargest(formatNumber(found.largest))}</p>
          {found.rateTimesLargest !== null && <p>{w.curvatureWords(formatNumber(found.rateTimesLargest, 3))}</p>}
          {found.words !== null && (
            <details>
              <summary>{w.details}</summary>
              <ul class="lines">
                {found.words.split("\n").filter(Boolean).map((line) => <li key={line}>{line}</li>)}
              </ul>
            </details>
          )}
          {found.suggestedRate !== null && found.suggestedRate <= MOST_RATE && (
            <p>
              {w.suggestedRate(formatNumber(found.suggestedRate, 3))}{" "}
              <button
                type="button"
                class="small"
                onClick={() => configure({ learningRate: Number(found.suggestedRate!.toPrecision(2)) })}
              >
                {w.useRate}
              </button>
            </p>
          )}
        </div>
      )}
      {rates !== null && rates !== "busy" && (
        <div class="scroll" tabIndex={0} role="group" aria-label={w.compareRates}>
          <Rendered html={rates.html} />
        </div>
      )}
    </Card>
  );
}
