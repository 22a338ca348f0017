import { map, type Symbolic } from "../tensor/symbolic.ts";
import { type AlignedMask, alignMask, joinMasks } from "./align_mask.ts";
import { broadcastInputs } from "./broadcast_inputs.ts";
import { Layer, type LayerOptions } from "./layer.ts";
import type { StepTracing } from "./step_tracing.ts";
import type { Tracing } from "./tracing.ts";

/** How a layer merges its inputs. */
export interface MergeRule {
  /** The formula that merges two; a third one is merged with their result, and so on. */
  readonly formula: string;
  /** How many inputs it takes. Default: any number. */
  readonly inputs?: number;
  /** What is done to the result of all. Default nothing. */
  readonly finish?: (t: Tracing, merged: Symbolic, inputs: number) => Symbolic;
  /** How inputs are merged of which some have masks, where what is masked must not count. Default: as if they had none. */
  readonly mergeMasked?: (
    t: Tracing,
    inputs: readonly Symbolic[],
    masks: readonly (Symbolic | null)[],
    merge: (a: Symbolic, b: Symbolic) => Symbolic,
  ) => Symbolic;
}

/**
 * A layer that makes one tensor of several, element by element; see `layers.add` and its like. If all inputs have masks, what counts in one of
 * them counts in the result; else the result has no mask.
 */
export class Merge extends Layer {
  readonly #rule: MergeRule;

  constructor(type: string, options: LayerOptions | undefined, rule: MergeRule) {
    super(type, options, []);
    this.#rule = rule;
    this.supportsMasking = true;
    Object.freeze(this);
  }

  protected override takes(inputs: number): boolean {
    return this.#rule.inputs === undefined || inputs === this.#rule.inputs;
  }

  override call(t: Tracing, ...inputs: Symbolic[]): Symbolic {
    const given = broadcastInputs(t.graph, this.name || this.type, inputs);
    const { formula, finish, mergeMasked } = this.#rule;
    const rank = given[0].shape.length;
    const masks = inputs.map((x): AlignedMask | null => {
      const mask = t.mask(x);
      return mask === null ? null : alignMask(t.ops, mask, x, rank);
    });
    const known = masks.filter((mask) => mask !== null);
    const merge = (a: Symbolic, b: Symbolic): Symbolic => map(t.graph, formula, [a, b]);
    const merged = known.length > 0 && mergeMasked !== undefined
      ? mergeMasked(t, given, masks.map((mask) => mask?.mask ?? null), merge)
      : given.reduce(merge);
    const y = finish === undefined ? merged : finish(t, merged, inputs.length);
    t.setMask(y, known.length < masks.length ? null : joinMasks(t.ops, known, y.shape));
    return y;
  }

  /** The same to each step. */
  step(t: StepTracing, ...inputs: Symbolic[]): Symbolic {
    return this.call(t, ...inputs);
  }
}
