// deno-lint-ignore-file verbatim-module-syntax -- the pragma uses h
/** @jsxRuntime classic */
/** @jsx h */
/// <reference lib="dom" />
import { h, useState } from "../../../packages/preact.ts";
import { LECTURE_RATES } from "../../configuration/presets.ts";
import { Card } from "../parts/card.tsx";
import { Rendered } from "../parts/rendered.tsx";
import { runSeries } from "../state/actions.ts";
import { store, words } from "../state/store.ts";

interface Lists {
  readonly hidden: string;
  readonly rates: string;
  readonly epochs: string;
  readonly seeds: string;
}

const START: Lists = { hidden: "7 6 5 4 3 2", rates: LECTURE_RATES.join(" "), epochs: "200 400", seeds: "1 2 3" };

/** Many small runs on one page: hidden neurons × rates × epochs. */
export function SeriesView() {
  const w = words.value;
  const found = store.series.value;
  const [lists, setLists] = useState(START);
  const names = { hidden: w.seriesHidden, rates: w.seriesRates, epochs: w.seriesEpochs, seeds: w.seriesSeeds };
  const read = (text: string) =>
    text.split(/[\s;]+/).filter(Boolean).map(Number).filter((n) => Number.isFinite(n) && n > 0);
  const start = () => {
    const whole = (text: string) => read(text).map(Math.round);
    runSeries({
      kind: "series",
      hidden: whole(lists.hidden),
      rates: read(lists.rates),
      epochs: whole(lists.epochs),
      seeds: whole(lists.seeds),
    });
  };
  return (
    <Card id="series" title={w.series}>
      <p class="note">{w.seriesWords}</p>
      <div class="fields">
        {(Object.keys(names) as (keyof Lists)[]).map((name) => (
          <label class="field" key={name} for={`series-${name}`}>
            <span>{names[name]}</span>
            <input
              id={`series-${name}`}
              type="text"
              value={lists[name]}
              onChange={(event) => setLists({ ...lists, [name]: event.currentTarget.value })}
            />
          </label>
        ))}
      </div>
      <button type="button" disabled={found === "busy"} onClick={start}>
        {found === "busy" ? w.working : w.seriesStart}
      </button>
      {found !== null && found !== "busy" && (
        <div class="scroll" tabIndex={0} role="group" aria-label={w.series}>
          <Rendered html={found.html} />
        </div>
      )}
    </Card>
  );
}
