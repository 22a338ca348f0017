/** The rules by which a training is judged. */
export type RuleName =
  | "label_mismatch"
  | "symmetric_units"
  | "linear_stack"
  | "unscaled_inputs"
  | "exploding"
  | "dead_layer"
  | "vanishing"
  | "saturated_at_start"
  | "rate_too_large"
  | "rate_too_small"
  | "diverged"
  | "saturated"
  | "dead_units"
  | "trap"
  | "overfitting"
  | "constant_output"
  | "not_learning";

/** What to do otherwise, as plain data: what is left out stays as it is. `tryRemedies` does it. */
export interface Change {
  /** The optimizer's options that change; another optimizer by its `id`. */
  readonly optimizer?: { readonly id?: string; readonly learningRate?: number; readonly clipnorm?: number };
  /** Options of layers, by their names. */
  readonly layers?: Readonly<
    Record<
      string,
      {
        readonly activation?: string;
        readonly kernelInitializer?: string;
        readonly biasInitializer?: string;
        /** Twice as many units. */
        readonly wider?: true;
      }
    >
  >;
  /** The loss's name. */
  readonly loss?: string;
  /** Whether inputs, or labels, are brought to mean 0 and standard deviation 1, by column. */
  readonly standardize?: "x" | "y";
  /** So much is added to the model's seed. */
  readonly seed?: number;
  /** So many times as many epochs. */
  readonly longer?: number;
}

/** What is likely to help. */
export interface Remedy {
  /** In words. */
  readonly text: string;
  /** As plain data; null where it cannot be done without knowing more. */
  readonly change: Change | null;
}

/** Something that explains why a model learns or does not. */
export interface Finding {
  /** Which rule says it. */
  readonly rule: RuleName;
  /** `problem`: the model does not learn, and this is a likely cause. `note`: it may be of interest. */
  readonly severity: "problem" | "note";
  /** The layer that it is about; null if it is about all. */
  readonly layer: string | null;
  /** When it could be seen: before the first step, while training, at the end. */
  readonly when: "start" | "training" | "end";
  /** What was measured. */
  readonly evidence: Readonly<Record<string, number | string>>;
  /** What it was compared with. */
  readonly threshold: Readonly<Record<string, number>>;
  /** Where rule and threshold come from. */
  readonly source: string;
  /** The finding in words, with its numbers. */
  readonly words: string;
  /** What is most likely to help. */
  readonly remedy: Remedy;
}
