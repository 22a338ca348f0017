import { namePorts } from "../data/name_ports.ts";
import type { BatchWeights, Dataset } from "../data/dataset.ts";
import type { Target } from "../data/read_dataset.ts";
import type { Port, PortShapes } from "../data/signature.ts";
import { checkLabels } from "../losses/check_labels.ts";
import { classLayout, labelLayout } from "../losses/class_layout.ts";
import type { Loss } from "../losses/loss.ts";
import { reduceWeights } from "../losses/reduce_weights.ts";
import type { Metric } from "../metrics/metric.ts";
import type { Shape } from "../tensor/shape.ts";
import type { BatchBuffers } from "../workers/loaded_program.ts";
import { Counts } from "./counts.ts";
import { lossSelection, type Selection } from "./selection.ts";
import { spreadWeights } from "./spread_weights.ts";

/** What one output is trained for, and what it is measured by. */
export interface Goal {
  /** The output. */
  readonly port: Port;
  /** Its number among the outputs. */
  readonly output: number;
  readonly loss: Loss;
  /** What its loss counts in the sum. */
  readonly lossWeight: number;
  /** Metrics that ignore the weights of samples. */
  readonly metrics: readonly Metric[];
  /** Metrics that use them. */
  readonly weightedMetrics: readonly Metric[];
}

/** A number of the logs: what it is called, and whether high or low is good; null if nobody says. */
export interface Measure {
  readonly name: string;
  readonly direction: "max" | "min" | null;
}

/**
 * What a model is trained for: a loss, with its weight, and metrics for each output that is trained. What is made small is
 * Σ lossWeight · loss, and what layers and regularizers add.
 */
export class Objective {
  /** For each output that is trained. */
  readonly goals: readonly Goal[];
  /** Whether the model has several outputs: the logs name them then. */
  readonly isNamed: boolean;
  /** The labels that they need. */
  readonly targets: readonly Target[];
  /** By what an optimizer without gradients chooses. */
  readonly selection: Selection;
  readonly #labelNames: readonly string[];
  readonly #scaleNames: readonly string[];
  readonly #countNames: readonly string[];

  constructor(goals: readonly Goal[], isNamed: boolean, selection: Selection = lossSelection) {
    this.goals = goals;
    this.isNamed = isNamed;
    this.selection = selection;
    this.targets = goals.map(({ port, output, loss }) => ({
      port,
      output,
      shape: classLayout(loss, port.shape).labels,
      loss: loss.id,
    }));
    this.#labelNames = namePorts("y", goals.length);
    this.#scaleNames = namePorts("scale", goals.length);
    this.#countNames = namePorts("counts", goals.length);
  }

  /** The numbers of the logs, in their order. */
  get measures(): readonly Measure[] {
    return [
      { name: "loss", direction: "min" },
      ...this.goals.flatMap(({ port }): Measure[] =>
        this.isNamed ? [{ name: `${port.name}_loss`, direction: "min" }] : []
      ),
      ...this.goals.flatMap(({ port, metrics, weightedMetrics }) =>
        [...metrics, ...weightedMetrics].map(({ name, direction }) => {
          return { name: this.isNamed ? `${port.name}_${name}` : name, direction };
        })
      ),
    ];
  }

  /** Losses and metrics that nothing was counted into yet. */
  createCounts(): Counts {
    return new Counts(this.goals, this.measures.map(({ name }) => name));
  }

  /**
   * Fills what every value of the losses counts, from the weights of samples or from 1, as their reductions want it. Where an output has a
   * mask, the program divides, since it alone knows how many rows count.
   *
   * @param weights for each output that is trained
   * @param isFilled whether all are filled for a batch without weights
   * @returns whether they are now those of a batch without weights
   */
  fillScale(program: BatchBuffers, weights: BatchWeights, isFilled: boolean): boolean {
    let isPlain = true;
    for (let i = 0; i < this.goals.length; i++) {
      const { loss, port } = this.goals[i];
      const isMasked = port.mask !== undefined;
      const mask = loss.rowWeights?.(program.input(this.#labelNames[i])) ?? null;
      const sampleWeight = weights[i];
      const isUnweighted = mask === null && sampleWeight === null;
      isPlain &&= isUnweighted;
      if (isUnweighted && isFilled) continue;
      const scale = program.input(this.#scaleNames[i]);
      const reduction = isMasked && loss.reduction !== "none" ? "sum" : loss.reduction;
      if (isUnweighted) reduceWeights(scale, reduction);
      else reduceWeights(scale, reduction, { sampleWeight: spreadWeights(sampleWeight, scale.length), mask });
      if (!isMasked || loss.rowWeights === undefined) continue;
      const counts = program.input(this.#countNames[i]);
      if (mask === null) counts.fill(1);
      else counts.set(mask);
    }
    return isPlain;
  }

  /** The shape of one sample's label for each output that is trained, where every length is known. */
  labelShapes(shapes: PortShapes): readonly Shape[] {
    return this.goals.map(({ loss, output }) => classLayout(loss, shapes.outputs[output]).labels);
  }

  /** Checks labels against the losses: range, integers, 0 or 1. @throws {TypeError | RangeError} If a loss cannot take them. */
  checkLabels({ targets, shapes }: Dataset): void {
    this.goals.forEach(({ loss, port, output }, i) => {
      try {
        checkLabels(loss, targets[i].data, labelLayout(loss, shapes?.outputs[output] ?? port.shape as Shape));
      } catch (cause) {
        throw this.isNamed ? nameOutput(cause, port.name) : cause;
      }
    });
  }
}

/** An error with the output that it is about. */
function nameOutput(cause: unknown, name: string): unknown {
  if (!(cause instanceof TypeError || cause instanceof RangeError)) return cause;
  const message = `${cause.message} (output "${name}")`;
  return cause instanceof TypeError ? new TypeError(message, { cause }) : new RangeError(message, { cause });
}
