import type { Configuration, OptionValues, Part } from "./configuration/configuration.ts";

/** The four phases of a training step, as in the lecture. */
export type Phase = "forward" | "loss" | "backward" | "replace";

/** What the frames that the worker sends are to hold. */
export interface Wishes {
  /** Points along a side of the boundary; 0: none. */
  readonly boundary: number;
  /** Points along a side of every neuron's map; 0: none. */
  readonly maps: number;
  /** Whether statistics of every layer are taken. */
  readonly statistics: boolean;
  /** The language of words that the worker makes. */
  readonly language: "en" | "es";
}

/** What the page asks of the worker. Every request is answered by replies with its `id`; a request that cannot be met by `failed`. */
export type Request = { readonly id: number } & RequestBody;

/** The request without its number. */
export type RequestBody =
  /** Makes data and network anew, at epoch 0. Answered by `configured` and a `frame`. Ends a run. */
  | { readonly kind: "configure"; readonly configuration: Configuration; readonly wishes: Wishes }
  /** Begins anew with the same configuration. Answered as `configure` is. */
  | { readonly kind: "reset" }
  /** Changes what frames hold, and sends one. */
  | { readonly kind: "wish"; readonly wishes: Wishes }
  /** The next phase, or all up to the one named. Answered by `phase`; "replace" by a `frame` as well. */
  | { readonly kind: "phase"; readonly phase: Phase }
  /** Finishes the step that is begun, or takes one. Answered by a `frame`. */
  | { readonly kind: "batch" }
  /** Finishes the epoch. Answered by a `frame`. */
  | { readonly kind: "epoch" }
  /** Trains until `pause`, a condition of `stop`, or a loss that is not finite: `frame`s, at most one every 16 ms, then `paused`. */
  | { readonly kind: "run"; readonly epochs: number | null; readonly epochsPerSecond: number | null }
  | { readonly kind: "pause" }
  /** The page has drawn the last frame of a run: the next one may come. No answer. */
  | { readonly kind: "drawn" }
  /** The values of one sample in all layers, with the gradients by them. Answered by `row`. */
  | { readonly kind: "row"; readonly set: "train" | "test"; readonly index: number }
  /** The chain of factors of a weight: a number in the list of all weights. Answered by `chain`. */
  | { readonly kind: "chain"; readonly weight: number; readonly samples: readonly number[] | null }
  /** Sets one weight, and begins anew from all weights as they are then. Answered by `configured` (with the new `weights`) and a `frame`. */
  | { readonly kind: "setWeight"; readonly weight: number; readonly value: number }
  /** What does not go well. Answered by `findings`. */
  | { readonly kind: "diagnose" }
  /** Retrains briefly with what findings propose. Answered by `remedies`. */
  | { readonly kind: "tryRemedies" }
  /** λmax, and the name of the place where the weights lie. Answered by `curvature`. */
  | { readonly kind: "curvature" }
  /** Trains with several rates from the same seed. Answered by `rates`. */
  | { readonly kind: "compareRates"; readonly rates: readonly number[]; readonly epochs: number }
  /** Keeps the run as it is. Answered by `kept`. */
  | { readonly kind: "keep" }
  | { readonly kind: "forget"; readonly run: number }
  /** Trains with each of the optimizers from the same weights, over the plane through what they visit. Answered by `race`, several times. */
  | { readonly kind: "race"; readonly optimizers: readonly Racer[]; readonly epochs: number; readonly size: number }
  /** Small runs for every number of hidden units and rate. Answered by `series`. */
  | {
    readonly kind: "series";
    readonly hidden: readonly number[];
    readonly rates: readonly number[];
    readonly epochs: readonly number[];
    readonly seeds: readonly number[];
  }
  /** The program that gives the same numbers in Deno. Answered by `script`. */
  | { readonly kind: "script" };

/** One of the optimizers of a race. */
export interface Racer {
  readonly optimizer: Part;
  readonly learningRate: number;
}

/** A layer as the page draws it: one column. */
export interface LayerShape {
  /** The type: `dense`, `dropout`, … */
  readonly type: string;
  /** The name in the model: `dense`, `dense_1`, … */
  readonly name: string;
  readonly units: number;
  readonly activation: string | null;
  readonly options: OptionValues;
  /** Where its maps begin in `Frame.maps`, counted in neurons; the maps of a layer lie one after another. */
  readonly firstMap: number;
  /** The numbers of its parameters in `Configured.parameters`. */
  readonly parameters: readonly number[];
}

/** A weight tensor. Its values lie in one array with those of the others, row by row: `kernel[from, to]` at `offset + from * shape[1] + to`. */
export interface Parameter {
  /** `dense/kernel` */
  readonly name: string;
  readonly layer: string;
  readonly shape: readonly number[];
  readonly offset: number;
  /** Whether training changes it: statistics of batch normalization are not trained. */
  readonly isTrained: boolean;
}

/** Samples of the plane. */
export interface Samples {
  readonly count: number;
  /** x1, x2 of each. */
  readonly points: Float32Array;
  /** What the network is given: `features` numbers a sample. */
  readonly inputs: Float32Array;
  /** What it shall answer: `outputs` numbers a sample (one column a class where there are more than two). */
  readonly labels: Float32Array;
  /** The number of the class; of values: the first one. */
  readonly classes: Float32Array;
}

/** A rectangle of the plane. */
export interface Domain {
  readonly x1: readonly [low: number, high: number];
  readonly x2: readonly [low: number, high: number];
}

/** A frame: what there is to see at this moment. Arrays are the page's own. */
export interface Frame {
  readonly epoch: number;
  /** Training steps taken in all. */
  readonly step: number;
  /** Batches of this epoch that are done, and how many it has. */
  readonly batch: number;
  readonly batches: number;
  /** Phases of the step that are done: "replace" stands for none. */
  readonly phase: Phase;
  /** Loss of all training samples, of all test samples (null without any), as `evaluate` gives it: dropout is off, penalties count. */
  readonly loss: number;
  readonly testLoss: number | null;
  /** Share of right answers; null where there are no classes. */
  readonly accuracy: number | null;
  readonly testAccuracy: number | null;
  /** What `learningRate` is at this step; null where the optimizer has none. */
  readonly learningRate: number | null;
  /** New points of the curves since the last frame: epochs, and for each the losses. */
  readonly curves: Curves;
  /** All weights, in the order of `parameters`. */
  readonly weights: Float32Array;
  /** ∂loss/∂weight of the last step, and what that step has added to each weight; null before the first one. */
  readonly gradients: Float32Array | null;
  readonly updates: Float32Array | null;
  /** Answers over the domain, one plane an output: [outputs][size x2 from high to low][size x1 from low to high]. Null if not wished. */
  readonly boundary: Grid | null;
  /** The same for every neuron of every layer, inputs first. Null if not wished. */
  readonly maps: Grid | null;
  /** Null if not wished. */
  readonly statistics: readonly LayerStatistics[] | null;
  /** Answers for the training samples and the test samples. */
  readonly answers: Float32Array;
  readonly testAnswers: Float32Array;
}

/** Planes of numbers over the domain, one after another, each by rows from the highest x2 down. */
export interface Grid {
  readonly size: number;
  readonly planes: number;
  readonly values: Float32Array;
}

/** Points of curves over epochs. NaN where there is none. */
export interface Curves {
  /** Whether these are all points there are: older ones are to be forgotten. Long runs are thinned out now and then. */
  readonly isWhole: boolean;
  readonly epochs: Float32Array;
  readonly loss: Float32Array;
  readonly testLoss: Float32Array;
  readonly accuracy: Float32Array;
  readonly testAccuracy: Float32Array;
  /** `layers` numbers a point: the norm of each trained layer's gradient in the last step of the epoch. */
  readonly gradientNorms: Float32Array;
  /** The names of these layers. */
  readonly layers: readonly string[];
}

/** Statistics of a layer over the training samples at this moment. */
export interface LayerStatistics {
  readonly layer: string;
  readonly gradientNorm: number | null;
  readonly weightNorm: number | null;
  readonly updateRatio: number | null;
  readonly frozenShare: number | null;
  /** Root mean squares of ∂E/∂z and ∂E/∂a. */
  readonly dz: number | null;
  readonly da: number | null;
  readonly saturatedShare: number | null;
  readonly deadShare: number | null;
}

/** The values of a layer for one sample or one batch. */
export interface LayerValues {
  readonly layer: string;
  readonly units: number;
  /** What goes into the activation, [rows][units]; null where there is none of its own. */
  readonly z: Float32Array | null;
  readonly a: Float32Array;
  /** ∂loss/∂z and ∂loss/∂a; null before "backward". */
  readonly dz: Float32Array | null;
  readonly da: Float32Array | null;
}

/** What one phase has found out. */
export interface PhaseResult {
  readonly phase: Phase;
  /** The training samples of the batch, by their numbers. */
  readonly rows: Uint32Array;
  /** The network's inputs, [rows][features]. */
  readonly inputs: Float32Array;
  /** Every layer's values for these rows, with what this and earlier phases of the step found. */
  readonly layers: readonly LayerValues[];
  /** Loss of the batch with penalties; null before "loss". */
  readonly loss: number | null;
  /** From "backward" on. */
  readonly gradients: Float32Array | null;
  /** Weights before the step, and after it: from "replace" on. */
  readonly before: Float32Array | null;
  readonly after: Float32Array | null;
}

/** A finding of the diagnosis, as the library gives it. */
export interface FindingView {
  readonly rule: string;
  readonly severity: "problem" | "note";
  readonly layer: string | null;
  readonly when: "start" | "training" | "end";
  readonly evidence: Readonly<Record<string, number | string>>;
  readonly source: string;
  readonly words: string;
  readonly remedy: string | null;
}

/** A run that was kept. */
export interface KeptRun {
  readonly run: number;
  readonly configuration: Configuration;
  readonly epoch: number;
  readonly step: number;
  readonly loss: number;
  readonly testLoss: number | null;
  readonly accuracy: number | null;
  readonly testAccuracy: number | null;
  readonly curves: Curves;
}

/** One racer's way. */
export interface RacePath {
  readonly racer: Racer;
  /** Places on the plane: u, v of each epoch from 0 on. */
  readonly places: Float32Array;
  /** True losses there. */
  readonly losses: Float32Array;
  /** How far the weights lie from the plane. */
  readonly distances: Float32Array;
  /** The epoch in which a loss was not finite; null: none. */
  readonly failed: number | null;
}

/** What the worker says. */
export type Reply = { readonly id: number } & ReplyBody;

/** The reply without its number: that of the request it answers. */
export type ReplyBody =
  | {
    readonly kind: "configured";
    /** The configuration in use; differs from what was asked for where `setWeight` has changed `weights`. */
    readonly configuration: Configuration;
    readonly layers: readonly LayerShape[];
    readonly parameters: readonly Parameter[];
    readonly train: Samples;
    readonly test: Samples;
    readonly domain: Domain;
    readonly task: "classes" | "regression";
    /** The network's outputs: 1 for two classes, else one for each class or value. */
    readonly outputs: number;
    /** 0 for values. */
    readonly classes: number;
    /** Names of classes or values, and of the axes, to be shown as text. */
    readonly labels: readonly string[];
    readonly axes: readonly [x1: string, x2: string];
    /** Whether there are gradients: optimizers without have no phases and no chains. */
    readonly hasGradients: boolean;
  }
  | { readonly kind: "frame"; readonly frame: Frame }
  | {
    readonly kind: "paused";
    readonly reason: "asked" | "epochs" | "loss" | "accuracy" | "not_finite";
    /** Of a loss that is not finite: what the library says. */
    readonly message: string | null;
  }
  | { readonly kind: "phase"; readonly result: PhaseResult }
  | {
    readonly kind: "row";
    readonly inputs: Float32Array;
    readonly labels: Float32Array;
    readonly loss: number;
    readonly layers: readonly LayerValues[];
  }
  | {
    readonly kind: "chain";
    readonly weight: number;
    readonly html: string;
    readonly text: string;
    readonly latex: string;
    /** The edges that its paths go through: [layer number, from, to] for each. */
    readonly edges: Uint32Array;
  }
  | { readonly kind: "findings"; readonly findings: readonly FindingView[]; readonly skill: number | null }
  | { readonly kind: "remedies"; readonly html: string; readonly text: string }
  | {
    readonly kind: "curvature";
    readonly largest: number;
    readonly rateTimesLargest: number | null;
    readonly suggestedRate: number | null;
    /** The name of the place, in words; null where nothing is to be said. */
    readonly words: string | null;
    /** How many of the training samples were looked at. */
    readonly samples: number;
  }
  | { readonly kind: "rates"; readonly html: string; readonly text: string }
  | { readonly kind: "kept"; readonly run: KeptRun }
  | { readonly kind: "forgotten"; readonly run: number }
  | {
    readonly kind: "race";
    /** Whether the race is over. */
    readonly isOver: boolean;
    readonly paths: readonly RacePath[];
    /** Losses over the plane, and what u and v reach over; null while racers are on their way. */
    readonly surface: {
      readonly grid: Grid;
      readonly u: readonly [number, number];
      readonly v: readonly [number, number];
    } | null;
    /** The share of the paths' variance that each axis of the plane has. */
    readonly explained: readonly [number, number] | null;
  }
  | { readonly kind: "series"; readonly html: string; readonly text: string }
  | {
    readonly kind: "script";
    readonly name: string;
    readonly text: string;
    /** What it prints as the training loss; null where that would take long to find out. */
    readonly loss: number | null;
    readonly epochs: number;
  }
  /** What was asked cannot be done: text to be shown. */
  | { readonly kind: "failed"; readonly message: string };
