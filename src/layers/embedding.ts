import type { Constraint } from "../constraints/constraint.ts";
import { constraintTable } from "../constraints/gen/table.ts";
import type { ConstraintSpec } from "../constraints/resolve_constraint.ts";
import { checkBoolean } from "../errors/check_boolean.ts";
import { checkInteger } from "../errors/check_integer.ts";
import { initializerTable } from "../initializers/gen/table.ts";
import type { Initializer } from "../initializers/initializer.ts";
import type { InitializerSpec } from "../initializers/resolve_initializer.ts";
import { regularizerTable } from "../regularizers/gen/table.ts";
import type { Regularizer } from "../regularizers/regularizer.ts";
import type { RegularizerSpec } from "../regularizers/resolve_regularizer.ts";
import { defineRow } from "../tables/define_row.ts";
import { checkFinite } from "../tensor/check_finite.ts";
import { copyJson } from "../tensor/copy_json.ts";
import { formatShape } from "../tensor/format_shape.ts";
import type { Json } from "../tensor/json.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import type { TensorInput } from "../tensor/tensor_input.ts";
import { toTensor } from "../tensor/to_tensor.ts";
import { Layer, type LayerOptions } from "./layer.ts";
import type { LayerRow } from "./layer_row.ts";
import { LIBRARY_PARTS, type PartResolver } from "./part_resolver.ts";
import { savePart } from "./save_part.ts";
import type { StepTracing } from "./step_tracing.ts";
import type { Tracing } from "./tracing.ts";

/** Options of the embedding layer. */
export interface EmbeddingOptions extends LayerOptions {
  /** How many rows the table has, one more than the largest index; at most 2^24, since indices are float32. */
  inputDim: number;
  /** How many numbers a row has. */
  outputDim: number;
  /** Default `"uniform"`: from −0.05 to 0.05. */
  embeddingsInitializer?: InitializerSpec;
  /** A penalty on the table. Default none. */
  embeddingsRegularizer?: RegularizerSpec | null;
  /** A rule that the table keeps after every step. Default none. */
  embeddingsConstraint?: ConstraintSpec | null;
  /** Whether index 0 is padding, which is masked. Default false. */
  maskZero?: boolean;
  /**
   * Whether a training step computes and updates the rows alone that the batch names, so that others cost next to nothing; the results are the
   * same, to the bit where the layer is called once. outputDim must be a multiple of 4, and the optimizer `sgd` without momentum or `adagrad`, without weight decay, clipping, averages and
   * accumulated gradients: others change rows that have no gradient. There is neither regularizer nor constraint. Default false.
   */
  sparse?: boolean;
  /** The table's first values, [inputDim, outputDim], instead of the initializer's. A saved model has its weights, not this. */
  weights?: TensorInput | null;
}

/** A table of learned rows; see `layers.embedding`. */
export class Embedding extends Layer {
  readonly inputDim: number;
  readonly outputDim: number;
  readonly maskZero: boolean;
  readonly sparse: boolean;
  readonly #table: { initializer: Initializer; regularizer: Regularizer | null; constraint: Constraint | null };
  /** Its own options in their saved form, as they were when the layer was made. */
  readonly #saved: Readonly<Record<string, Json>>;

  /** @param parts makes initializer, regularizer and constraint of what stands for them */
  constructor(options: EmbeddingOptions, parts: PartResolver = LIBRARY_PARTS) {
    const what = "create embedding layer";
    super("embedding", options, [
      "inputDim",
      "outputDim",
      "embeddingsInitializer",
      "embeddingsRegularizer",
      "embeddingsConstraint",
      "maskZero",
      "sparse",
      "weights",
    ]);
    this.inputDim = checkInteger(what, "inputDim", options?.inputDim, { min: 1, max: 2 ** 24 });
    this.outputDim = checkInteger(what, "outputDim", options?.outputDim, { min: 1 });
    this.maskZero = checkBoolean(what, "maskZero", options.maskZero ?? false);
    const initializer = parts.initializer(options.embeddingsInitializer ?? "uniform");
    this.#table = {
      initializer: readWeights(what, options.weights ?? null, [this.inputDim, this.outputDim]) ?? initializer,
      regularizer: parts.regularizer(options.embeddingsRegularizer ?? null),
      constraint: parts.constraint(options.embeddingsConstraint ?? null),
    };
    this.sparse = checkBoolean(what, "sparse", options.sparse ?? false);
    if (this.sparse && this.outputDim % 4 !== 0) {
      throw new RangeError(
        `Cannot ${what}: with sparse: true outputDim must be a multiple of 4, got ${this.outputDim}`,
      );
    }
    if (this.sparse && (this.#table.regularizer ?? this.#table.constraint) !== null) {
      throw new TypeError(
        `Cannot ${what}: regularizer and constraint are about all rows, and do not go with sparse: true`,
      );
    }
    this.#saved = copyJson({
      inputDim: this.inputDim,
      outputDim: this.outputDim,
      embeddingsInitializer: savePart(initializer, initializerTable),
      embeddingsRegularizer: savePart(this.#table.regularizer, regularizerTable),
      embeddingsConstraint: savePart(this.#table.constraint, constraintTable),
      maskZero: this.maskZero,
      ...(this.sparse ? { sparse: true } : {}),
    });
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    return { ...this.commonConfig(), ...copyJson(this.#saved) };
  }

  protected override build(): void {
    this.addWeight({ name: "embeddings", shape: [this.inputDim, this.outputDim], sparse: this.sparse, ...this.#table });
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    const y = t.graph.apply("gather", [t.weight("embeddings"), x], { checked: true });
    if (this.maskZero) t.setMask(y, t.ops.notEqual(x, 0));
    return y;
  }

  /** The same to each step. */
  step(t: StepTracing, x: Symbolic): Symbolic {
    return this.call(t, x);
  }
}

/** Given values as what a weight begins with. */
function readWeights(what: string, given: TensorInput | null, shape: readonly number[]): Initializer | null {
  if (given === null) return null;
  const table = toTensor(given, { name: "weights" });
  if (formatShape(table.shape) !== formatShape(shape)) {
    throw new TypeError(
      `Cannot ${what}: weights must have shape ${formatShape(shape)}, got ${formatShape(table.shape)}`,
    );
  }
  checkFinite(table, "weights");
  const values = table.data.slice();
  return { id: "weights", config: {}, initialize: () => values.slice() };
}

/**
 * A table of learned rows, looked up by number: y[i…, :] = embeddings[x[i…], :].
 *
 * Shapes: x [batch, …], embeddings [inputDim, outputDim] → y [batch, …, outputDim]. x holds integers from 0 to inputDim − 1. Inputs of a model
 * that go into an embedding as they are are checked before anything is done with them; indices that are computed in the model give NaN where
 * there is no such row. There is no gradient for x. The gradient of a row is the sum over all places that name it, added in their order.
 *
 * With `maskZero` what is 0 in x is masked: losses, metrics and layers that keep masks leave it out.
 *
 * @example
 * ```ts
 * import { layers, sequential } from "retroprop";
 * const model = sequential([
 *   layers.embedding({ inputDim: 1000, outputDim: 16, maskZero: true, inputShape: [20] }),
 *   layers.globalAveragePooling1d(), // the mean over the words that are not 0
 *   layers.dense({ units: 1, activation: "sigmoid" }),
 * ]);
 * model.compile({ optimizer: "adam", loss: "binary_crossentropy" });
 * ```
 * @throws RangeError if inputDim or outputDim is no integer >= 1, inputDim is above 2^24, or outputDim with `sparse` no multiple of 4; TypeError for
 *   an unknown option, weights of another shape, or a penalty or rule beside `sparse`
 */
export function embedding(options: EmbeddingOptions): Embedding {
  return new Embedding(options);
}

/** Its row of the table. */
export const embeddingRow: LayerRow = defineRow({
  id: "embedding",
  create: (options: EmbeddingOptions, parts) => new Embedding(options, parts),
});
