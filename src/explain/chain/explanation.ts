import { type Block, DocumentDrawing } from "../../drawing/document.ts";
import { showNumber } from "../../drawing/maths.ts";
import { checkOptions } from "../../errors/check_options.ts";
import { cleanText } from "../../errors/clean_text.ts";
import type { Explained } from "./explained.ts";
import type { Trace } from "../trace/trace.ts";
import { describeNetwork, type LayerRows } from "./describe_network.ts";
import { drawNetwork } from "./draw_network.ts";
import { findWeight } from "./find_weight.ts";
import type { Writing } from "./find_path.ts";
import { OptimizerStep } from "./optimizer_step.ts";
import type { PassStep } from "./pass_step.ts";
import { passBackward, passForward } from "./passes.ts";
import { previewStep } from "./preview_step.ts";
import { type StepOptions, withOptimizer } from "./with_optimizer.ts";
import { WeightPath } from "./weight_path.ts";

/** What an explanation shows, as plain data. `explain(…).trace` has every value of every sample. */
export interface ExplanationData {
  /** What it is. */
  readonly kind: "explanation";
  /** The version of this form. */
  readonly version: 1;
  /** How many samples the batch has. */
  readonly samples: number;
  /** The sample whose values are shown, from 0. */
  readonly sample: number;
  /** The loss, penalties included. */
  readonly loss: number;
  /** Inputs and labels, then layers in the order of the pass. */
  readonly layers: readonly LayerRows[];
}

/** One training step, explained: what `explain` gives. */
export class Explanation extends DocumentDrawing {
  readonly #writing: Writing;
  readonly #explained: Explained;
  readonly #layers: readonly LayerRows[];

  /** @ignore */
  constructor(writing: Writing, explained: Explained) {
    super();
    this.#writing = writing;
    this.#explained = explained;
    this.#layers = describeNetwork(writing, explained.sample);
  }

  /** Every value and derivative, as plain data. */
  get trace(): Trace {
    return this.#writing.chain.trace;
  }

  /**
   * The chain rule for one weight: ∂E/∂w as the sum over all paths from it to the loss. Up to 8 paths are written as products of factors, with
   * names, formulas and numbers; where there are more, the sums of every layer along the largest terms. Of a batch the samples that count most are
   * opened.
   *
   * @param weight its name with indices, `"dense/kernel[0,0]"`; in the lecture's order also `"w[1][1][1]"`
   * @throws {TypeError | RangeError} If there is no such weight; the nearest name is proposed
   */
  path(weight: string): WeightPath {
    const { station, name } = findWeight(this.#writing.chain, this.#writing.names, weight);
    return new WeightPath(this.#writing, name, station);
  }

  /**
   * The forward pass of the shown sample, one op at a time: how its first element is computed, with names and with numbers, and all that it gives.
   */
  forward(): Generator<PassStep, void, undefined> {
    return passForward(this.#writing, this.#explained.sample);
  }

  /**
   * The backward pass of the shown sample, one value at a time, from the loss to inputs and weights: ∂E/∂value as the sum over what reads it, for the
   * element where it is largest, with names and with numbers, and all derivatives.
   */
  backward(): Generator<PassStep, void, undefined> {
    return passBackward(this.#writing, this.#explained.sample);
  }

  /**
   * One step of the model's own optimizer on this batch: every gradient first, then all weights replaced together. It is the very step that
   * `trainOnBatch` would take, with momentum, clipping, decay and constraints; it is taken and taken back, so that the model is as before.
   *
   * @param options `optimizer`: another one, as `compile` takes it, whose first step is shown instead
   * @throws {Error} If the model has changed since it was explained; TypeError for an optimizer without gradients, or for another one if a part
   *   of the model is your own
   */
  step(options: StepOptions = {}): OptimizerStep {
    checkOptions("show a step", options, ["optimizer"]);
    const { optimizer } = options;
    const explained = optimizer === undefined ? this.#explained : withOptimizer(this.#explained, optimizer);
    return new OptimizerStep(this.#writing, previewStep(explained, this.trace));
  }

  /** What stands first: samples, loss, and of which sample values are. */
  #heading(): string[] {
    const { words, digits, names } = this.#writing;
    const { samples, loss } = this.trace;
    const name = this.#explained.model.trainer.compiled.objective.goals.map((goal) => goal.loss.id).join(" + ");
    const parts = [words.samples(samples), words.loss(cleanText(name, 80), showNumber(loss, digits))];
    const first = names.order === "lecture" ? 1 : 0;
    if (samples > 1) parts.push(words.shownSample(this.#explained.sample + first, samples));
    return parts;
  }

  #layerTitle(
    { layer, number, activation, units }: Pick<LayerRows, "layer" | "number" | "activation" | "units">,
  ): string {
    const { words, names } = this.#writing;
    if (number === 0) return `${layer.startsWith("x") ? words.input() : words.target()} ${cleanText(layer, 60)}`;
    const shown = names.order === "lecture" ? `${number} · ${cleanText(layer, 60)}` : cleanText(layer, 60);
    return `${shown}${activation === null ? "" : `: ${activation}`} (${units})`;
  }

  #describeLayer({ rows, weights, moreWeights, ...layer }: LayerRows, open: boolean): Block[] {
    const { words, digits } = this.#writing;
    const show = (value: number | null): string => value === null ? "–" : showNumber(value, digits);
    const more = (count: number): Block[] => count > 0 ? [{ kind: "line", content: words.moreUnits(count) }] : [];
    const blocks: Block[] = [
      { kind: "table", heads: null, rows: rows.map(({ name, values }) => [name, ...values.map(show)]) },
      ...more(layer.units - (rows[0]?.values.length ?? 0)),
    ];
    if (weights.length > 0) {
      const cells = weights.map(({ name, value, gradient }) => [cleanText(name, 60), show(value), show(gradient)]);
      const heads = [words.weight(), "w", words.gradient()];
      blocks.push({ kind: "gap" }, { kind: "table", heads, rows: cells });
      for (const block of more(moreWeights)) blocks.push(block);
    }
    return [{ kind: "gap" }, { kind: "fold", title: this.#layerTitle(layer), open, blocks }];
  }

  /** @ignore Its blocks. */
  protected override describe(): { label: string; blocks: Block[] } {
    const { words, chain } = this.#writing;
    const heading = this.#heading();
    const markup = drawNetwork(chain, this.#layers, words.network(), heading.join(", "));
    return {
      label: words.network(),
      blocks: [
        { kind: "heading", text: heading.join(" · ") },
        ...markup === null ? [] : [{ kind: "picture", markup } as const],
        ...this.#layers.flatMap((layer) => this.#describeLayer(layer, markup === null)),
      ],
    };
  }

  /** What is shown, as plain data. */
  override toJSON(): ExplanationData {
    const { samples, loss } = this.trace;
    return { kind: "explanation", version: 1, samples, sample: this.#explained.sample, loss, layers: this.#layers };
  }
}
