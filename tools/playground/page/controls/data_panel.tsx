// deno-lint-ignore-file verbatim-module-syntax -- the pragma uses h
/** @jsxRuntime classic */
/** @jsx h */
/// <reference lib="dom" />
import { h, useState } from "../../../packages/preact.ts";
import { type DataConfiguration, LIMITS } from "../../configuration/configuration.ts";
import { DATA_KINDS } from "../../configuration/data_fields.ts";
import { DATA_NAMES, type DataName } from "../../configuration/data_names.ts";
import { FEATURE_NAMES, type FeatureName } from "../../configuration/feature_names.ts";
import { Card } from "../parts/card.tsx";
import { Choice, NumberInput, Toggle } from "../parts/field_form.tsx";
import { Slider } from "../parts/slider.tsx";
import { formatCount, formatNumber, formatShare } from "../parts/format.ts";
import { configure } from "../state/actions.ts";
import { setPoints } from "../state/own_points.ts";
import { fitToData } from "../state/fit_to_data.ts";
import { isShown, store, words } from "../state/store.ts";
import { readCsv } from "../state/read_csv.ts";

const SEED = { kind: "number", min: 0, max: 2 ** 31 - 1, initial: 1, isInteger: true } as const;
const VALUE = { kind: "number", min: -1000, max: 1000, initial: 1 } as const;

/** What is learnt, and what the network is given of it. */
export function DataPanel() {
  const w = words.value;
  return (
    <Card id="data" title={w.data}>
      {isShown("data") && <Data />}
      {isShown("features") && <Features />}
    </Card>
  );
}

function Data() {
  const w = words.value;
  const { data } = store.configuration.value;
  const { isFixed } = DATA_KINDS[data.name];
  const set = (change: Partial<DataConfiguration>) => configure({ data: { ...data, ...change } });
  return (
    <div class="stack">
      <Choice
        id="data-name"
        label={w.data}
        isHidden
        value={data.name}
        choices={DATA_NAMES}
        names={w.dataNames}
        onChange={(name) => configure(fitToData(store.configuration.value, name as DataName))}
      />
      {!isFixed && (
        <Slider
          id="samples"
          label={w.samples}
          value={data.samples}
          min={10}
          max={LIMITS.samples}
          isLogarithmic
          format={formatCount}
          onChange={(samples) => set({ samples: Math.round(samples) })}
        />
      )}
      {!isFixed && (
        <Slider
          id="noise"
          label={w.noise}
          value={data.noise}
          min={0}
          max={1}
          step={0.05}
          format={(value) => formatNumber(value, 2)}
          onChange={(noise) => set({ noise })}
        />
      )}
      {data.name !== "xor" && data.name !== "worked_example" && (
        <Slider
          id="test-share"
          label={w.testShare}
          value={data.testShare}
          min={0}
          max={0.9}
          step={0.1}
          format={formatShare}
          onChange={(testShare) => set({ testShare })}
        />
      )}
      {data.name !== "xor" && data.name !== "worked_example" && (
        <NumberInput
          id="data-seed"
          label={w.dataSeed}
          value={data.seed}
          field={SEED}
          onChange={(seed) => set({ seed: seed ?? 1 })}
        />
      )}
      {data.name === "own" && <Own />}
      <Csv />
    </div>
  );
}

/** What a click into the boundary adds. */
function Own() {
  const w = words.value;
  const { data } = store.configuration.value;
  return (
    <div class="stack">
      <Choice
        id="task"
        label={w.task}
        value={data.task}
        choices={["classes", "regression"]}
        names={w.tasks}
        onChange={(task) =>
          configure(fitToData({ ...store.configuration.value, data: { ...data, task: task as "classes" } }, "own"))}
      />
      {data.task === "classes"
        ? (
          <Choice
            id="new-class"
            label={w.classOfNew}
            value={String(store.newPoint.value)}
            choices={["0", "1", "2", "3"]}
            names={Object.fromEntries(["○ 0", "△ 1", "□ 2", "◇ 3"].map((name, i) => [String(i), name]))}
            onChange={(value) => store.newPoint.value = Number(value)}
          />
        )
        : (
          <NumberInput
            id="new-value"
            label={w.valueOfNew}
            value={store.newPoint.value}
            field={VALUE}
            onChange={(value) => store.newPoint.value = value ?? 0}
          />
        )}
      {data.points.length > 0 && (
        <button type="button" class="small" onClick={() => setPoints([])}>{w.clearPoints}</button>
      )}
    </div>
  );
}

function Csv() {
  const w = words.value;
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const use = () => {
    try {
      const { points, task } = readCsv(text, w);
      setProblem(null);
      const { data } = store.configuration.value;
      configure(fitToData({ ...store.configuration.value, data: { ...data, name: "own", points, task } }, "own"));
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <details>
      <summary>{w.pasteCsv}</summary>
      <p class="note" id="csv-hint">{w.csvHint}</p>
      <label class="unseen" for="csv">{w.csvLabel}</label>
      <textarea
        id="csv"
        rows={5}
        aria-describedby="csv-hint"
        spellcheck={false}
        value={text}
        placeholder={`x1,x2,y\n0,0,0\n0,1,1`}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <button type="button" class="small" onClick={use}>{w.csvUse}</button>
      {problem !== null && <p class="problem" role="alert">{problem}</p>}
    </details>
  );
}

function Features() {
  const w = words.value;
  const { features } = store.configuration.value;
  const set = (name: FeatureName, isOn: boolean) => {
    const next = FEATURE_NAMES.filter((each) => each === name ? isOn : features.includes(each));
    if (next.length > 0) configure({ features: next });
  };
  return (
    <fieldset class="features">
      <legend>{w.features}</legend>
      {FEATURE_NAMES.map((name) => (
        <Toggle
          key={name}
          id={`feature-${name}`}
          label={w.featureNames[name]}
          value={features.includes(name)}
          onChange={(isOn) => set(name, isOn)}
        />
      ))}
    </fieldset>
  );
}
