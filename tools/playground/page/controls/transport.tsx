// deno-lint-ignore-file verbatim-module-syntax -- the pragma uses h
/** @jsxRuntime classic */
/** @jsx h */
/// <reference lib="dom" />
import { h } from "../../../packages/preact.ts";
import { formatCount, formatFixed, formatShare } from "../parts/format.ts";
import { pause, play, reset, run, takeBatch, takeEpoch, takePhase } from "../state/actions.ts";
import { isShown, judged, store, words } from "../state/store.ts";

const PHASES = ["forward", "loss", "backward", "replace"] as const;
const STILL_EPOCHS = 100;
const SPEEDS = [1, 5, 20, 100, 500] as const;

/** Play, steps, and the four phases of one step; epoch, loss and accuracy. */
export function Transport() {
  const w = words.value;
  const isRunning = store.isRunning.value;
  const isStill = store.prefersStillness.value;
  const network = store.network.value;
  const isReady = network !== null;
  return (
    <section class="transport" aria-label={w.training}>
      {isShown("play") && (
        <div class="buttons">
          {isStill
            ? (
              <button type="button" class="main" disabled={!isReady || isRunning} onClick={() => run(STILL_EPOCHS)}>
                {w.manyEpochs(formatCount(STILL_EPOCHS))}
              </button>
            )
            : (
              <button
                type="button"
                id="play"
                class="main"
                disabled={!isReady}
                onClick={() => isRunning ? pause() : play()}
              >
                <span aria-hidden="true">{isRunning ? "❚❚" : "▶"}</span> {isRunning ? w.pause : w.play}
              </button>
            )}
          <button type="button" id="one-epoch" disabled={!isReady || isRunning} onClick={takeEpoch}>
            {w.oneEpoch}
          </button>
          <button type="button" id="one-batch" disabled={!isReady || isRunning} onClick={takeBatch}>
            {w.oneBatch}
          </button>
          <button type="button" id="reset" disabled={!isReady} onClick={reset}>
            <span aria-hidden="true">↺</span> {w.reset}
          </button>
          {!isStill && <Speed />}
        </div>
      )}
      {isShown("phases") && <Phases isReady={isReady && !isRunning && network.hasGradients} />}
      <Figures />
      <Alarm />
      {store.stopped.value === "not_finite" && <p class="stopped">{w.stopped.not_finite}</p>}
      {isStill && <p class="note">{w.reducedMotion}</p>}
      {network?.hasGradients === false && <p class="note">{w.noGradients}</p>}
    </section>
  );
}

function Speed() {
  const w = words.value;
  return (
    <label class="speed" for="speed">
      <span class="unseen">{w.speed}</span>
      <select
        id="speed"
        value={String(store.epochsPerSecond.value ?? "")}
        onChange={({ currentTarget: { value } }) => {
          store.epochsPerSecond.value = value === "" ? null : Number(value);
          if (store.isRunning.value) run();
        }}
      >
        {SPEEDS.map((each) => <option key={each} value={String(each)}>{w.perSecond(String(each))}</option>)}
        <option value="">{w.fastest}</option>
      </select>
    </label>
  );
}

function Phases({ isReady }: { isReady: boolean }) {
  const w = words.value;
  const done = store.phase.value === null ? -1 : PHASES.indexOf(store.phase.value.phase);
  const next = done === PHASES.length - 1 ? 0 : done + 1;
  return (
    <div class="phases" role="group" aria-label={w.phases}>
      {PHASES.map((phase, i) => (
        <button
          key={phase}
          type="button"
          id={`phase-${phase}`}
          disabled={!isReady}
          class={i <= done ? "done" : i === next ? "next" : ""}
          onClick={() => takePhase(phase)}
        >
          <small aria-hidden="true">{i + 1}</small> {w.phase[phase]}
        </button>
      ))}
    </div>
  );
}

/** The headline of the diagnosis, where one sees it. */
function Alarm() {
  const problem = judged.value?.findings.find(({ severity }) => severity === "problem");
  if (problem === undefined || !isShown("findings")) return null;
  return <a class="alarm" href="#findings">{words.value.severity.problem}: {problem.words}</a>;
}

function Figures() {
  const w = words.value;
  const frame = store.frame.value;
  const list: [name: string, value: string, note: string][] = [];
  if (frame !== null) {
    const { epoch, batch, batches, loss, testLoss, accuracy, testAccuracy } = frame;
    const stopped = store.stopped.value !== null && store.stopped.value !== "asked" ? w.stoppedShort : "";
    const ofBatches = batches > 1 && batch > 0 ? w.batchOf(formatCount(batch), formatCount(batches)) : "";
    list.push([w.epoch, formatCount(epoch), ofBatches || stopped]);
    list.push([w.loss, formatFixed(loss, 4), testLoss === null ? "" : `${w.test} ${formatFixed(testLoss, 4)}`]);
    if (accuracy !== null) {
      list.push([
        w.accuracy,
        formatShare(accuracy),
        testAccuracy === null ? "" : `${w.test} ${formatShare(testAccuracy)}`,
      ]);
    }
  }
  return (
    <dl class="figures" id="figures" data-epoch={frame?.epoch} data-loss={frame?.loss} data-step={frame?.step}>
      {list.map(([name, value, note]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
          {note !== "" && <dd class="beside">{note}</dd>}
        </div>
      ))}
    </dl>
  );
}
