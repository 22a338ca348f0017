import { map, type Symbolic } from "../tensor/symbolic.ts";
import { broadcastInputs } from "./broadcast_inputs.ts";
import { Layer, type LayerOptions } from "./layer.ts";
import type { Tracing } from "./tracing.ts";

/** How a layer merges its inputs. */
export interface MergeRule {
  /** The formula that merges two; a third one is merged with their result, and so on. */
  readonly formula: string;
  /** How many inputs it takes. Default: any number. */
  readonly inputs?: number;
  /** What is done to the result of all. Default nothing. */
  readonly finish?: (t: Tracing, merged: Symbolic, inputs: number) => Symbolic;
}

/** A layer that makes one tensor of several, element by element; see `layers.add` and its like. */
export class Merge extends Layer {
  readonly #rule: MergeRule;

  constructor(type: string, options: LayerOptions | undefined, rule: MergeRule) {
    super(type, options, []);
    this.#rule = rule;
    Object.freeze(this);
  }

  protected override takes(inputs: number): boolean {
    return this.#rule.inputs === undefined || inputs === this.#rule.inputs;
  }

  override call(t: Tracing, ...inputs: Symbolic[]): Symbolic {
    const [first, ...others] = broadcastInputs(t.graph, this.name || this.type, inputs);
    const { formula, finish } = this.#rule;
    const merged = others.reduce((a, b) => map(t.graph, formula, [a, b]), first);
    return finish === undefined ? merged : finish(t, merged, inputs.length);
  }
}
