import { computed, type Signal, signal } from "../../../packages/preact.ts";
import type { Configuration } from "../../configuration/configuration.ts";
import { PRESETS } from "../../configuration/presets.ts";
import type { Problem } from "../../configuration/read_options.ts";
import type { FindingView, Frame, KeptRun, LayerValues, PhaseResult, ReplyBody } from "../../protocol.ts";
import { en, type Strings } from "../../strings/en.ts";
import { es } from "../../strings/es.ts";

/** What a page without anything in its address begins with. */
const FIRST = PRESETS.find(({ id }) => id === "xor_7")!;

/** The reply of one kind. */
export type ReplyOf<K extends ReplyBody["kind"]> = Extract<ReplyBody, { kind: K }>;

/** The points of the curves since epoch 0, one array a curve. */
export interface CurveLists {
  readonly epochs: number[];
  readonly loss: number[];
  readonly testLoss: number[];
  readonly accuracy: number[];
  readonly testAccuracy: number[];
  /** One list a layer. */
  readonly gradientNorms: number[][];
  layers: readonly string[];
}

/** What the inspector shows. */
export type Shown =
  | { readonly kind: "none" }
  | { readonly kind: "chain"; readonly weight: number; readonly sample: number | null }
  | { readonly kind: "row"; readonly set: "train" | "test"; readonly index: number }
  | { readonly kind: "phase" };

/** The values of one sample. */
export interface RowValues {
  readonly inputs: Float32Array;
  readonly labels: Float32Array;
  readonly loss: number;
  readonly layers: readonly LayerValues[];
}

export const emptyCurves = (): CurveLists => ({
  epochs: [],
  loss: [],
  testLoss: [],
  accuracy: [],
  testAccuracy: [],
  gradientNorms: [],
  layers: [],
});

/** The page's state: views read it, actions change it. */
export const store = {
  configuration: signal<Configuration>(FIRST.configuration),
  network: signal<ReplyOf<"configured"> | null>(null),
  frame: signal<Frame | null>(null),
  /** The same, but changed only some times a second while training runs: for drawings that take long. */
  calmFrame: signal<Frame | null>(null),
  /** A new object each time a point is added, with the same lists. */
  curves: signal<{ lists: CurveLists }>({ lists: emptyCurves() }),
  phase: signal<PhaseResult | null>(null),
  isRunning: signal(false),
  epochsPerSecond: signal<number | null>(100),
  /** Why the last run ended. */
  stopped: signal<ReplyOf<"paused">["reason"] | null>(null),
  shown: signal<Shown>({ kind: "none" }),
  chain: signal<ReplyOf<"chain"> | null>(null),
  row: signal<RowValues | null>(null),
  /** The layer whose settings are open: the output is one more than the hidden layers. */
  openLayer: signal<number | null>(null),
  /** The neuron whose map the large picture shows, by the number of its map; null: the answer. */
  neuron: signal<number | null>(null),
  findings: signal<{ findings: readonly FindingView[]; skill: number | null } | null>(null),
  remedies: signal<ReplyOf<"remedies"> | "busy" | null>(null),
  curvature: signal<ReplyOf<"curvature"> | "busy" | null>(null),
  rates: signal<ReplyOf<"rates"> | "busy" | null>(null),
  series: signal<ReplyOf<"series"> | "busy" | null>(null),
  race: signal<ReplyOf<"race"> | "busy" | null>(null),
  script: signal<ReplyOf<"script"> | null>(null),
  runs: signal<readonly KeptRun[]>([]),
  /** What of the address could not be used. */
  problems: signal<readonly Problem[]>([]),
  failure: signal<string | null>(null),
  /** What is read out at once, besides the state of training. */
  announcement: signal(""),
  /** The class or value that a click gives a new point. */
  newPoint: signal(1),
  prefersStillness: signal(false),
} satisfies Record<string, Signal<unknown>>;

/** The words of the chosen language. */
export const words = computed<Strings>(() => store.configuration.value.language === "es" ? es : en);

/** Epochs before which a run that goes well may look as if it did not. */
export const JUDGED_AFTER = 100;

/** What the diagnosis says, as far as it is time: of a young run only what was wrong from the start. Null before there is any. */
export const judged = computed(() => {
  const found = store.findings.value;
  if (found === null) return null;
  const stopped = store.stopped.value;
  const isOld = (store.calmFrame.value?.epoch ?? 0) >= JUDGED_AFTER || stopped !== null && stopped !== "asked";
  return isOld ? { ...found, isOld } : {
    findings: found.findings.filter(({ when }) => when === "start"),
    skill: null,
    isOld,
  };
});

/** Whether a control or view is shown. */
export function isShown(name: Configuration["hide"][number]): boolean {
  return !store.configuration.value.hide.includes(name);
}
