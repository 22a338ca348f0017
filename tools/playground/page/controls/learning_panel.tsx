// deno-lint-ignore-file verbatim-module-syntax -- the pragma uses h
/** @jsxRuntime classic */
/** @jsx h */
/// <reference lib="dom" />
import { h } from "../../../packages/preact.ts";
import type { StopConfiguration } from "../../configuration/configuration.ts";
import { LIMITS } from "../../configuration/configuration.ts";
import { LOSS_FIELDS } from "../../configuration/loss_fields.ts";
import { hasRate, OPTIMIZER_FIELDS } from "../../configuration/optimizer_fields.ts";
import { SCHEDULE_FIELDS } from "../../configuration/schedule_fields.ts";
import { Card } from "../parts/card.tsx";
import { Choice, FieldForm, NumberInput, Toggle } from "../parts/field_form.tsx";
import { formatNumber } from "../parts/format.ts";
import { Slider } from "../parts/slider.tsx";
import { configure } from "../state/actions.ts";
import { isShown, store, words } from "../state/store.ts";
import { LECTURE_RATES } from "../../configuration/presets.ts";

const SEED = { kind: "number", min: 0, max: 2 ** 31 - 1, initial: 1, isInteger: true } as const;
const BATCH = {
  kind: "number",
  min: 1,
  max: LIMITS.samples,
  initial: null,
  isInteger: true,
  isOptional: true,
} as const;

/** Loss, optimizer, rate, batches, seed, and when a run ends. */
export function LearningPanel() {
  const w = words.value;
  const configuration = store.configuration.value;
  const { batchSize, shuffle, seed } = configuration;
  return (
    <Card id="learning" title={w.learning}>
      {isShown("rate") && hasRate(configuration.optimizer.name) && <Rate />}
      {isShown("optimizer") && <OptimizerControls />}
      {isShown("loss") && <LossControls />}
      {isShown("batch") && (
        <div class="stack">
          <NumberInput
            id="batch-size"
            label={`${w.batchSize} (${w.off}: ${w.allSamples})`}
            value={batchSize}
            field={BATCH}
            onChange={(next) => configure({ batchSize: next })}
          />
          <Toggle id="shuffle" label={w.shuffle} value={shuffle} onChange={(next) => configure({ shuffle: next })} />
        </div>
      )}
      {isShown("seed") && (
        <div class="row bottom">
          <NumberInput
            id="seed"
            label={w.seed}
            value={seed}
            field={SEED}
            onChange={(next) => configure({ seed: next ?? 1 })}
          />
          <button type="button" class="small" onClick={() => configure({ seed: seed + 1 })}>{w.newSeed}</button>
        </div>
      )}
      {isShown("stop") && <Stop />}
    </Card>
  );
}

function Rate() {
  const w = words.value;
  const { learningRate, schedule } = store.configuration.value;
  const set = (next: number) => configure({ learningRate: next });
  const choices = ["", ...Object.keys(SCHEDULE_FIELDS)];
  return (
    <div class="stack">
      <Slider
        id="rate"
        label={w.rate}
        value={learningRate}
        min={1e-5}
        max={100}
        isLogarithmic
        format={formatNumber}
        onChange={set}
      />
      <div class="rates" role="group" aria-label={w.lectureRates}>
        {LECTURE_RATES.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={each === learningRate}
            onClick={() => set(each)}
          >
            {formatNumber(each)}
          </button>
        ))}
      </div>
      <details open={schedule !== null}>
        <summary>{w.schedule}</summary>
        <Choice
          id="schedule"
          label={w.schedule}
          isHidden
          value={schedule?.name ?? ""}
          choices={choices}
          names={{ "": w.scheduleNone }}
          onChange={(name) => configure({ schedule: name === "" ? null : { name, options: {} } })}
        />
        {schedule !== null && (
          <FieldForm
            id="schedule"
            fields={SCHEDULE_FIELDS[schedule.name]}
            values={schedule.options}
            onChange={(options) => configure({ schedule: { name: schedule.name, options } })}
          />
        )}
      </details>
    </div>
  );
}

function OptimizerControls() {
  const w = words.value;
  const { optimizer } = store.configuration.value;
  return (
    <div class="stack">
      <Choice
        id="optimizer"
        label={w.optimizer}
        value={optimizer.name}
        choices={Object.keys(OPTIMIZER_FIELDS)}
        onChange={(name) => configure({ optimizer: { name, options: {} }, ...usualRate(name) })}
      />
      <details>
        <summary>{w.optimizerOptions}</summary>
        <FieldForm
          id="optimizer"
          fields={OPTIMIZER_FIELDS[optimizer.name]}
          values={optimizer.options}
          onChange={(options) => configure({ optimizer: { name: optimizer.name, options } })}
        />
      </details>
    </div>
  );
}

/** A rate far from what an optimizer is used with tells nothing of it: a new optimizer brings a usual one. */
function usualRate(name: string): { learningRate?: number } {
  const { optimizer, learningRate } = store.configuration.value;
  if (name === optimizer.name) return {};
  if (name === "sgd") return learningRate < 0.1 ? { learningRate: 0.5 } : {};
  if (name === "adadelta" || name === "adagrad" || name === "ftrl") return { learningRate: 0.5 };
  return learningRate > 0.1 ? { learningRate: 0.05 } : {};
}

function LossControls() {
  const w = words.value;
  const { loss } = store.configuration.value;
  const fields = LOSS_FIELDS[loss.name];
  return (
    <div class="stack">
      <Choice
        id="loss"
        label={w.lossFunction}
        value={loss.name}
        choices={Object.keys(LOSS_FIELDS)}
        onChange={(name) => configure({ loss: { name, options: {} } })}
      />
      {Object.keys(fields).length > 0 && (
        <details>
          <summary>{w.lossOptions}</summary>
          <FieldForm
            id="loss"
            fields={fields}
            values={loss.options}
            onChange={(options) => configure({ loss: { name: loss.name, options } })}
          />
        </details>
      )}
    </div>
  );
}

function Stop() {
  const w = words.value;
  const { stop } = store.configuration.value;
  const set = (change: Partial<StopConfiguration>) => configure({ stop: { ...stop, ...change } });
  const field = (max: number, isInteger = false) =>
    ({ kind: "number", min: isInteger ? 1 : 0, max, initial: null, isOptional: true, isInteger }) as const;
  return (
    <details open={stop.epochs !== null || stop.loss !== null || stop.accuracy !== null}>
      <summary>{w.stop}</summary>
      <div class="fields">
        <NumberInput
          id="stop-epochs"
          label={w.stopEpochs}
          value={stop.epochs}
          field={field(LIMITS.epochs, true)}
          onChange={(epochs) => set({ epochs })}
        />
        <NumberInput
          id="stop-loss"
          label={w.stopLoss}
          value={stop.loss}
          field={field(1e6)}
          onChange={(loss) => set({ loss })}
        />
        <NumberInput
          id="stop-accuracy"
          label={w.stopAccuracy}
          value={stop.accuracy}
          field={field(1)}
          onChange={(accuracy) => set({ accuracy })}
        />
      </div>
    </details>
  );
}
