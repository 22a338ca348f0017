import type { PortShapes } from "../../data/signature.ts";
import type { Numerics } from "../../kernels/numerics.ts";
import type { Shape } from "../../tensor/shape.ts";
import type { MailPort } from "./mailbox.ts";
import type { RunHistory } from "./run_session.ts";
import type { TrainerState } from "./trainer_state.ts";
import type { TrialPlan } from "./trial_plan.ts";

/** The numbers of a tensor, and their shape. */
export interface SentTensor {
  readonly data: Float32Array;
  readonly shape: Shape;
}

/** Samples that runs train on or are scored on: in shared memory, where there is such. */
export interface RunSamples {
  readonly id: number;
  /** For each input of the models. */
  readonly inputs: readonly SentTensor[];
  /** Labels, for each output that is trained. */
  readonly targets: readonly SentTensor[];
  readonly weights: readonly (Float32Array | null)[];
  /** Where models have axes of unknown length: the shapes at their ports for these samples; else null. */
  readonly shapes: PortShapes | null;
}

/** A part of samples: the numbers of those that count, or null for all. */
export interface SamplesPart {
  /** The id of the samples. */
  readonly samples: number;
  readonly rows: Uint32Array | null;
}

/** Where a run stands between two epochs. */
export interface RunProgress {
  readonly epochs: number;
  readonly history: RunHistory;
  /** null: where its plan begins. */
  readonly state: TrainerState | null;
}

/** What a thread is asked to do: to bring one run to a given epoch. */
export interface RunTask {
  /** Tells tasks apart; over 0. */
  readonly serial: number;
  /** The id of the plan. */
  readonly plan: number;
  readonly train: SamplesPart;
  readonly validation: SamplesPart | null;
  readonly from: RunProgress;
  /** The epoch to get to. */
  readonly target: number;
  /** Epochs of a run that trains to its end. */
  readonly epochs: number;
  readonly batchSize: number;
  readonly shuffle: boolean;
  readonly classWeight: Readonly<Record<number, number>> | null;
  /** Tell of progress when so many milliseconds have passed; null: never. */
  readonly reportMs: number | null;
  /** Tell the state too when so many milliseconds have passed; null: never. */
  readonly checkpointMs: number | null;
}

/** What a trial worker is told. */
export type ToTrialWorker =
  | {
    readonly kind: "setup";
    /** Word 0: the serial of the task that shall stop. From word 1 on: the serials of tasks that nobody has begun. */
    readonly board: Int32Array;
    /** Where messages go; each is followed by an empty one to the parent, who may be asleep. null: they go to the parent. */
    readonly mail: MailPort | null;
  }
  | { readonly kind: "module"; readonly numerics: Numerics; readonly module: WebAssembly.Module }
  | { readonly kind: "samples"; readonly samples: RunSamples }
  | { readonly kind: "plan"; readonly id: number; readonly plan: TrialPlan }
  | { readonly kind: "forget"; readonly plans: readonly number[]; readonly samples: readonly number[] }
  | { readonly kind: "run"; readonly task: RunTask; readonly slot: number };

/** What a trial worker, or the calling thread in its place, tells of a task. */
export type FromTrialWorker =
  | { readonly kind: "progress"; readonly serial: number; readonly progress: RunProgress }
  | {
    readonly kind: "reached";
    readonly serial: number;
    readonly progress: RunProgress & { readonly state: TrainerState };
    readonly seconds: number;
  }
  | {
    readonly kind: "failed";
    readonly serial: number;
    readonly reason: string;
    readonly seconds: number;
    readonly isLost?: true;
  }
  | { readonly kind: "stopped"; readonly serial: number; readonly seconds: number };
