/// <reference lib="dom" />
import { batch } from "../../../packages/preact.ts";
import type { Configuration } from "../../configuration/configuration.ts";
import type { Curves, Phase, Reply, RequestBody, Wishes } from "../../protocol.ts";
import type { EngineClient } from "../../engine/start_engine.ts";
import { emptyCurves, type ReplyOf, type Shown, store, words } from "./store.ts";
import { formatNumber } from "../parts/format.ts";

/** Milliseconds between the drawings that take long: so many, and more for each weight. */
const CALM_MS = 70;
const CALM_MS_PER_WEIGHT = 0.25;

let calmAt = 0;
/** What had the focus when the inspector opened. */
let opener: HTMLElement | null = null;
let engine: EngineClient | undefined;
/** The number of the run that goes on. */
let running = 0;
const waiting = new Map<number, (reply: Reply) => void>();
let configureTimer: ReturnType<typeof setTimeout> | undefined;
let refreshTimer: ReturnType<typeof setTimeout> | undefined;
let diagnoseTimer: ReturnType<typeof setTimeout> | undefined;

function wishes(): Wishes {
  const { configuration } = store;
  return {
    boundary: 100,
    maps: 40,
    statistics: true,
    language: configuration.value.language,
  };
}

/** Connects the page with its engine, and makes the first network. */
export function connect(made: EngineClient): void {
  engine = made;
  engine.onReply(receive);
  configureNow();
}

function configureNow(): void {
  configureTimer = undefined;
  if (engine === undefined) return;
  const { preset: _, ...rest } = store.configuration.value;
  ask({ kind: "configure", configuration: { ...rest, preset: null }, wishes: wishes() });
}

/** Sends a request; `onReply` gets all replies to it. */
function ask(body: RequestBody, onReply?: (reply: Reply) => void): number {
  if (engine === undefined) return 0;
  if (configureTimer !== undefined) {
    clearTimeout(configureTimer);
    configureNow();
  }
  const id = engine.request(body);
  if (onReply) waiting.set(id, onReply);
  return id;
}

/** Asks for one reply of a kind, which goes where `place` says; "busy" stands there meanwhile. */
function askInto<K extends "remedies" | "curvature" | "rates" | "series" | "race">(kind: K, body: RequestBody): void {
  const place = store[kind] as { value: ReplyOf<K> | "busy" | null };
  const last = place.value;
  place.value = "busy";
  ask(body, (reply) => {
    if (reply.kind === kind) place.value = reply as Reply & ReplyOf<K>;
    else if (reply.kind === "failed") place.value = last === "busy" ? null : last;
  });
}

function receive(reply: Reply): void {
  batch(() => {
    switch (reply.kind) {
      case "configured":
        begin(reply);
        break;
      case "frame":
        store.frame.value = reply.frame;
        addCurves(reply.frame.curves);
        if (
          !store.isRunning.value ||
          performance.now() - calmAt >= CALM_MS + CALM_MS_PER_WEIGHT * reply.frame.weights.length
        ) showCalmly();
        if (reply.frame.phase === "replace" && store.shown.value.kind !== "phase") store.phase.value = null;
        refreshSoon();
        break;
      case "paused":
        if (reply.id !== running) break; // another run has begun since
        store.isRunning.value = false;
        showCalmly();
        store.stopped.value = reply.reason;
        store.announcement.value = words.value.stopped[reply.reason];
        if (reply.message !== null) store.failure.value = reply.message;
        refreshNow();
        break;
      case "phase":
        store.phase.value = reply.result;
        announcePhase(reply.result.phase, reply.result.loss);
        break;
      case "chain":
        store.chain.value = reply;
        break;
      case "row":
        store.row.value = reply;
        break;
      case "findings":
        store.findings.value = reply;
        break;
      case "kept":
        store.runs.value = [...store.runs.value, reply.run];
        break;
      case "forgotten":
        store.runs.value = store.runs.value.filter(({ run }) => run !== reply.run);
        break;
      case "script":
        store.script.value = reply;
        break;
      case "failed":
        store.failure.value = reply.message;
        store.isRunning.value = false;
        break;
    }
  });
  waiting.get(reply.id)?.(reply);
  if (waiting.size > 32) { for (const id of waiting.keys()) if (id < reply.id - 32) waiting.delete(id); }
}

function begin(reply: Reply & ReplyOf<"configured">): void {
  const count = reply.parameters.reduce((sum, { shape }) => sum + shape.reduce((n, side) => n * side, 1), 0);
  const maps = reply.layers.reduce((sum, { firstMap, units }) => Math.max(sum, firstMap + units), 0);
  const { shown } = store;
  store.network.value = reply;
  store.frame.value = null;
  store.calmFrame.value = null;
  store.curves.value = { lists: emptyCurves() };
  store.phase.value = null;
  if (reply.id > running) store.isRunning.value = false; // else a run has been asked for since
  store.stopped.value = null;
  store.findings.value = null;
  store.failure.value = null;
  for (const kind of ["remedies", "curvature", "rates", "race", "script"] as const) store[kind].value = null;
  if (shown.value.kind === "phase") shown.value = { kind: "none" };
  if (shown.value.kind === "chain" && shown.value.weight >= count) {
    shown.value = { kind: "none" };
  }
  if (shown.value.kind === "row" && shown.value.index >= reply[shown.value.set].count) shown.value = { kind: "none" };
  if (store.neuron.value !== null && store.neuron.value >= maps) store.neuron.value = null;
  if (reply.configuration.weights !== store.configuration.value.weights) {
    store.configuration.value = { ...store.configuration.value, weights: reply.configuration.weights };
  }
}

function addCurves(added: Curves): void {
  if (added.epochs.length === 0) return;
  const lists = added.isWhole ? emptyCurves() : store.curves.value.lists;
  lists.layers = added.layers;
  for (let i = 0; i < added.epochs.length; i++) {
    for (const name of ["epochs", "loss", "testLoss", "accuracy", "testAccuracy"] as const) {
      lists[name].push(added[name][i]);
    }
    added.layers.forEach((_, layer) => {
      (lists.gradientNorms[layer] ??= []).push(added.gradientNorms[i * added.layers.length + layer]);
    });
  }
  if (lists !== store.curves.value.lists) store.curves.value = { lists };
}

/** Lets the drawings that take long follow. */
function showCalmly(): void {
  calmAt = performance.now();
  store.calmFrame.value = store.frame.value;
  store.curves.value = { lists: store.curves.value.lists };
}

function announcePhase(phase: Phase, loss: number | null): void {
  const { value } = words;
  store.announcement.value = loss === null
    ? value.phaseDoneWithoutLoss(value.phase[phase])
    : value.phaseDone(value.phase[phase], formatNumber(loss));
}

/** Asks again for what the inspector shows and for the diagnosis: the weights have changed. */
function refreshNow(): void {
  clearTimeout(refreshTimer);
  refreshTimer = undefined;
  const { value } = store.shown;
  if (value.kind === "chain") askChain(value);
  if (value.kind === "row") ask({ kind: "row", set: value.set, index: value.index });
}

function refreshSoon(): void {
  refreshTimer ??= setTimeout(refreshNow, store.isRunning.value ? 300 : 0);
  diagnoseTimer ??= setTimeout(() => {
    diagnoseTimer = undefined;
    if (store.network.value !== null) ask({ kind: "diagnose" });
  }, store.isRunning.value ? 2500 : 500);
}

function askChain({ weight, sample }: Extract<Shown, { kind: "chain" }>): void {
  if (!store.network.value?.hasGradients) return;
  ask({ kind: "chain", weight, samples: sample === null ? null : [sample] });
}

/** Changes settings that training depends on: it begins anew. */
export function configure(change: Partial<Configuration>): void {
  const keepsWeights = "weights" in change;
  store.configuration.value = {
    ...store.configuration.value,
    preset: null,
    ...keepsWeights ? {} : { weights: null },
    ...change,
  };
  restart();
}

/** Begins anew with the settings as they are. */
export function restart(): void {
  clearTimeout(configureTimer);
  configureTimer = setTimeout(configureNow, 0);
}

/** Changes what the page shows: training goes on. */
export function show(change: Partial<Pick<Configuration, "view" | "language" | "hide">>): void {
  store.configuration.value = { ...store.configuration.value, ...change };
  if (change.language === undefined) return;
  // What is there is in the other language.
  for (const kind of ["remedies", "curvature", "rates", "series"] as const) store[kind].value = null;
  ask({ kind: "wish", wishes: wishes() });
  if (store.findings.value !== null) ask({ kind: "diagnose" });
  refreshNow();
}

/** Opens the inspector. */
export function inspect(shown: Shown): void {
  if (store.shown.value.kind === "none") opener = document.activeElement as HTMLElement | null;
  batch(() => {
    store.shown.value = shown;
    store.chain.value = null;
    store.row.value = null;
  });
  refreshNow();
  if (shown.kind !== "none") requestAnimationFrame(() => reveal("inspector"));
}

/** Scrolls as little as is needed to see a part of the page. */
function reveal(id: string): void {
  const part = document.getElementById(id);
  if (part === null) return;
  const { top, bottom } = part.getBoundingClientRect();
  if (bottom > innerHeight || top < 0) part.scrollIntoView({ block: top < 0 ? "start" : "nearest" });
}

/** Closes the inspector. The focus goes back to what opened it, if it was inside. */
export function closeInspector(): void {
  const { activeElement } = document;
  const isInside = activeElement?.closest("#inspector") !== null || activeElement === document.body;
  inspect({ kind: "none" });
  if (isInside && opener?.isConnected) opener.focus();
}

export function run(epochs: number | null = null): void {
  const epochsPerSecond = store.prefersStillness.value ? null : store.epochsPerSecond.value;
  running = ask({ kind: "run", epochs, epochsPerSecond });
  store.isRunning.value = true;
  store.stopped.value = null;
}

/** Begins a run; one that has come to its last epoch begins anew. */
export function play(): void {
  const { epochs } = store.configuration.value.stop;
  if (epochs !== null && (store.frame.value?.epoch ?? 0) >= epochs) reset();
  run();
}

export function pause(): void {
  ask({ kind: "pause" });
}

export function reset(): void {
  ask({ kind: "reset" });
}

export function takeBatch(): void {
  ask({ kind: "batch" });
}

export function takeEpoch(): void {
  ask({ kind: "epoch" });
}

/** Does the next phases up to this one, and shows them. */
export function takePhase(phase: Phase): void {
  const edges = phase === "backward" ? "gradients" : phase === "replace" ? "updates" : "weights";
  const { view } = store.configuration.value;
  if (view.edges !== edges) show({ view: { ...view, edges } });
  if (store.shown.value.kind === "none") opener = document.activeElement as HTMLElement | null;
  store.shown.value = { kind: "phase" };
  ask({ kind: "phase", phase });
}

export function setWeight(weight: number, value: number): void {
  ask({ kind: "setWeight", weight, value });
}

export const measureCurvature = (): void => askInto("curvature", { kind: "curvature" });
export const tryRemedies = (): void => askInto("remedies", { kind: "tryRemedies" });
export const compareRates = (rates: readonly number[], epochs: number): void =>
  askInto("rates", { kind: "compareRates", rates, epochs });
export const race = (request: Extract<RequestBody, { kind: "race" }>): void => askInto("race", request);
export const runSeries = (request: Extract<RequestBody, { kind: "series" }>): void => askInto("series", request);
export const keepRun = (): void => void ask({ kind: "keep" });
export const forgetRun = (run: number): void => void ask({ kind: "forget", run });
export const askScript = (): void => void ask({ kind: "script" });
