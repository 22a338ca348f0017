import type { SampleInputs } from "../data/data_input.ts";
import type { Signature } from "../data/signature.ts";
import type { Layer } from "../layers/layer.ts";
import type { Numerics } from "../kernels/numerics.ts";
import type { Json } from "../tensor/json.ts";
import type { OpenShape } from "../tensor/open_shape.ts";
import type { TrainedModel } from "../training/callback.ts";
import type { Network } from "../training/network.ts";
import type { Trainer } from "../training/trainer.ts";
import type { CompileOptions } from "./options.ts";

/** What the functions behind a model's methods need of it. */
export interface Model extends TrainedModel {
  readonly name: string;
  readonly seed: number;
  readonly numerics: Numerics;
  /** What the numbers of a sample are, and what the outputs are; null if nobody said. */
  readonly columns: readonly string[] | null;
  readonly labels: readonly string[] | null;
  readonly layers: readonly Layer[];
  readonly isBuilt: boolean;
  readonly isCompiled: boolean;
  readonly compiledWith: CompileOptions | null;
  /** The names of the layers that the last `compile` froze; null if they are those whose `trainable` is false now. */
  readonly frozenByCompile: readonly string[] | null;
  /** What the model takes and gives. @throws Error if the model is not built */
  readonly signature: Signature;
  /** @throws Error if the model is not built */
  readonly network: Network;
  /** @throws Error if the model is not compiled */
  readonly trainer: Trainer;
  /** The state of training, if there is any. */
  readonly trainerIfAny: Trainer | null;
  /** The model as a file describes it. */
  describe(): { readonly [key: string]: Json };
  build(inputShape: OpenShape): void;
  /** Builds the model for such samples. */
  buildFor(x: SampleInputs): void;
  unbuild(): void;
}
