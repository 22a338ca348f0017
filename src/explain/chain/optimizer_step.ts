import { type Block, DocumentDrawing } from "../../drawing/document.ts";
import { mathsText } from "../../drawing/maths_text.ts";
import { showNumber } from "../../drawing/maths.ts";
import { cleanText } from "../../errors/clean_text.ts";
import type { Writing } from "./find_path.ts";
import { chooseLargest } from "./choose_largest.ts";
import { unravel } from "./names.ts";
import type { PreviewedStep } from "./preview_step.ts";

/** More weights than so many are not listed; those with the largest gradients are. */
const MOST_WEIGHTS = 24;

/** One weight of a step: w, ∂E/∂w, new − old, and the weight that takes its place. */
export interface StepRow {
  /** Its name. */
  readonly name: string;
  /** Before the step. */
  readonly old: number;
  /** ∂E/∂w. */
  readonly gradient: number;
  /** new − old. */
  readonly update: number;
  /** After the step. */
  readonly new: number;
}

/** One optimizer step, as plain data. */
export interface OptimizerStepData {
  /** What it is. */
  readonly kind: "step";
  /** The version of this form. */
  readonly version: 1;
  /** The optimizer's name. */
  readonly optimizer: string;
  /** The learning rate of the step. */
  readonly learningRate: number;
  /** The loss before the step. */
  readonly loss: number;
  /** How many weights are replaced. */
  readonly count: number;
  /** All of them, or the 24 with the largest gradients. */
  readonly weights: readonly StepRow[];
}

/** One step of the model's optimizer: every gradient first, then all weights replaced together. What `explain(…).step()` gives. */
export class OptimizerStep extends DocumentDrawing {
  readonly #writing: Writing;
  readonly #step: PreviewedStep;

  /** @ignore */
  constructor(writing: Writing, step: PreviewedStep) {
    super();
    this.#writing = writing;
    this.#step = step;
  }

  /** The optimizer's name. */
  get optimizer(): string {
    return this.#step.optimizer;
  }

  /** The learning rate of the step. */
  get learningRate(): number {
    return this.#step.learningRate;
  }

  /** All weights by name: before the step, their gradients, and after it, flat. */
  get weights(): PreviewedStep["weights"] {
    return this.#step.weights;
  }

  /** How many numbers are replaced. */
  get #count(): number {
    return this.weights.reduce((sum, each) => sum + each.old.length, 0);
  }

  /** All weights, or those with the largest gradients, in their order. */
  #rows(): StepRow[] {
    const chosen = chooseLargest(this.weights.map((weight) => weight.gradient), MOST_WEIGHTS);
    return chosen.map(({ list, index }) => {
      const weight = this.weights[list];
      return {
        name: mathsText(this.#writing.names.weightName(weight.name, unravel(index, weight.shape))),
        old: weight.old[index],
        gradient: weight.gradient[index],
        update: weight.new[index] - weight.old[index],
        new: weight.new[index],
      };
    });
  }

  #title(): string {
    return this.#writing.words.step(this.optimizer, showNumber(this.learningRate, this.#writing.digits));
  }

  #heads(): string[] {
    const { words } = this.#writing;
    return [words.weight(), words.old(), words.gradient(), words.update(), words.new()];
  }

  /** What stands below the table. */
  #ends(rows: readonly StepRow[]): string[] {
    const { words } = this.#writing;
    const more = this.#count - rows.length;
    return [...(more > 0 ? [words.moreUnits(more)] : []), words.replaced(this.#count)];
  }

  /** @ignore Its blocks. */
  protected override describe(): { label: string; blocks: Block[] } {
    const { words, digits } = this.#writing;
    const rows = this.#rows();
    const cells = rows.map((each) => [
      cleanText(each.name, 60),
      ...[each.old, each.gradient, each.update, each.new].map((value) => showNumber(value, digits)),
    ]);
    return {
      label: this.#title(),
      blocks: [
        { kind: "heading", text: this.#title() },
        { kind: "line", content: words.stepOrder() },
        { kind: "gap" },
        { kind: "table", heads: this.#heads(), rows: cells },
        { kind: "gap" },
        ...this.#ends(rows).map((content): Block => ({ kind: "line", content })),
      ],
    };
  }

  /** What is shown, as plain data. */
  override toJSON(): OptimizerStepData {
    const { optimizer, learningRate, loss } = this.#step;
    return { kind: "step", version: 1, optimizer, learningRate, loss, count: this.#count, weights: this.#rows() };
  }
}
