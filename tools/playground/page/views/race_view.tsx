// deno-lint-ignore-file verbatim-module-syntax -- the pragma uses h
/** @jsxRuntime classic */
/** @jsx h */
/// <reference lib="dom" />
import { h, useState } from "../../../packages/preact.ts";
import { hasRate } from "../../configuration/optimizer_fields.ts";
import type { RacePath, Racer } from "../../protocol.ts";
import { Card } from "../parts/card.tsx";
import { DASHES, LINE_COLOURS } from "../parts/colours.ts";
import { NumberInput, Toggle } from "../parts/field_form.tsx";
import { formatNumber, formatShare } from "../parts/format.ts";
import { race } from "../state/actions.ts";
import { type ReplyOf, store, words } from "../state/store.ts";
import { RaceSurface } from "./race_surface.tsx";

type RaceReply = ReplyOf<"race">;

/** Who may race, with rates that suit small networks. */
const RACERS: readonly (Racer & { label: string })[] = [
  { label: "sgd", optimizer: { name: "sgd", options: {} }, learningRate: 4.5 },
  { label: "momentum", optimizer: { name: "sgd", options: { momentum: 0.9 } }, learningRate: 0.5 },
  { label: "nesterov", optimizer: { name: "sgd", options: { momentum: 0.9, nesterov: true } }, learningRate: 0.5 },
  { label: "rmsprop", optimizer: { name: "rmsprop", options: {} }, learningRate: 0.05 },
  { label: "adam", optimizer: { name: "adam", options: {} }, learningRate: 0.1 },
  { label: "adagrad", optimizer: { name: "adagrad", options: {} }, learningRate: 0.5 },
  // Without gradients: an epoch is a generation.
  { label: "evolution_strategy", optimizer: { name: "evolution_strategy", options: {} }, learningRate: 0.1 },
  { label: "genetic_algorithm", optimizer: { name: "genetic_algorithm", options: {} }, learningRate: 0 },
  { label: "cma_es", optimizer: { name: "cma_es", options: {} }, learningRate: 0 },
];
const EPOCHS = { kind: "number", min: 10, max: 2000, initial: 200, isInteger: true } as const;

/** Optimizers on one plane through the loss surface. */
export function RaceView() {
  const w = words.value;
  const found = store.race.value;
  const [chosen, setChosen] = useState<readonly string[]>(["sgd", "momentum", "adam"]);
  const [epochs, setEpochs] = useState(200);
  const last = found === "busy" ? null : found;
  const isRunning = found === "busy" || last !== null && !last.isOver;
  const start = () => {
    const optimizers = RACERS.filter(({ label }) => chosen.includes(label)).map(({ label, ...racer }) =>
      label === "sgd" && store.configuration.value.optimizer.name === "sgd"
        ? { ...racer, learningRate: store.configuration.value.learningRate }
        : racer
    );
    race({ kind: "race", optimizers, epochs, size: 41 });
  };
  return (
    <Card id="race" title={w.race}>
      <p class="note">{w.raceWords}</p>
      <fieldset class="checks">
        <legend>{w.raceRacers}</legend>
        {RACERS.map(({ label }) => (
          <Toggle
            key={label}
            id={`racer-${label}`}
            label={label}
            value={chosen.includes(label)}
            onChange={(isOn) => setChosen(isOn ? [...chosen, label] : chosen.filter((each) => each !== label))}
          />
        ))}
      </fieldset>
      <div class="row">
        <NumberInput
          id="race-epochs"
          label={w.raceEpochs}
          value={epochs}
          field={EPOCHS}
          onChange={(n) => setEpochs(n ?? 200)}
        />
        <button type="button" disabled={isRunning || chosen.length === 0} onClick={start}>{w.raceStart}</button>
      </div>
      {isRunning && <p>{w.raceRunning}</p>}
      {last !== null && last.surface !== null && <RaceSurface race={last} names={last.paths.map(nameOf)} />}
      {last !== null && last.paths.length > 0 && <RaceTable race={last} />}
      {last !== null && last.explained !== null && (
        <p class="note">{w.raceExplained(formatShare(last.explained[0] + last.explained[1]))}</p>
      )}
    </Card>
  );
}

function nameOf({ racer }: RacePath): string {
  const { name, options } = racer.optimizer;
  if (name !== "sgd") return name;
  return options.nesterov ? "nesterov" : options.momentum ? "momentum" : "sgd";
}

function RaceTable({ race }: { race: RaceReply }) {
  const w = words.value;
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label={w.race}>
      <table>
        <thead>
          <tr>{w.raceColumns.map((name) => <th key={name} scope="col">{name}</th>)}</tr>
        </thead>
        <tbody>
          {race.paths.map((path, i) => (
            <tr key={i}>
              <th scope="row">
                <svg width="26" height="8" aria-hidden="true">
                  <line
                    x1="1"
                    x2="25"
                    y1="4"
                    y2="4"
                    stroke={LINE_COLOURS[i % LINE_COLOURS.length]}
                    stroke-width="3"
                    stroke-dasharray={DASHES[i % DASHES.length]}
                  />
                </svg>{" "}
                {nameOf(path)}
              </th>
              <td>{hasRate(path.racer.optimizer.name) ? formatNumber(path.racer.learningRate) : "–"}</td>
              <td>
                {path.failed !== null
                  ? w.raceFailed(String(path.failed))
                  : path.losses.length > 0
                  ? formatNumber(path.losses.at(-1)!)
                  : "–"}
              </td>
              <td>{path.distances.length > 0 ? formatNumber(path.distances.at(-1)!, 3) : "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
