import type { RandomStream } from "../../tensor/random_stream.ts";
import type { Params } from "../space/params.ts";
import type { Parameter } from "../space/space.ts";
import { drawUnit } from "../space/draw_unit.ts";
import { ParzenAxis } from "./parzen_axis.ts";

/** As many of the newest observations have full weight. */
const NEWEST = 25;

/**
 * A Parzen estimator over some parameters: a mixture of one component for every observation and a prior, each the product of
 * its kernels on the axes. The 25 newest observations and the prior have weight 1; those before fall off linearly to 1/n at
 * the oldest of n.
 */
export class ParzenEstimator {
  /** The axes, in the order of the parameters. */
  readonly axes: readonly ParzenAxis[];
  readonly #weights: Float64Array;
  readonly #logWeights: Float64Array;
  readonly #sums: Float64Array;
  readonly #total: number;

  /**
   * Fits the estimator.
   *
   * @param parameters The parameters.
   * @param observed The params of the observations, the oldest first.
   */
  constructor(parameters: readonly Parameter[], observed: readonly Params[]) {
    const n = observed.length;
    this.axes = parameters.map(({ name, axis }) => {
      const positions = Float64Array.from(observed, (params) => {
        return Object.hasOwn(params, name) ? axis.positionOf(params[name]) : NaN;
      });
      return new ParzenAxis(axis, positions);
    });
    const ramp = n - NEWEST;
    this.#weights = Float64Array.from({ length: n + 1 }, (_, i) => {
      if (i >= ramp) return 1;
      return ramp === 1 ? 1 / n : 1 / n + (1 - 1 / n) * i / (ramp - 1);
    });
    this.#total = this.#weights.reduce((sum, weight) => sum + weight, 0);
    this.#logWeights = this.#weights.map((weight) => Math.log(weight / this.#total));
    this.#sums = new Float64Array(n + 1);
  }

  /**
   * Draws a component of the mixture.
   *
   * @param random The stream to take from.
   * @returns Its number, to be passed to `draw` of the axes.
   */
  drawComponent(random: RandomStream): number {
    let left = drawUnit(random) * this.#total;
    const last = this.#weights.length - 1;
    for (let i = 0; i < last; i++) {
      left -= this.#weights[i];
      if (left < 0) return i;
    }
    return last;
  }

  /**
   * The logarithm of the density at a point.
   *
   * @param positions The positions on the axes; NaN for an axis that does not count.
   * @returns log Σ weight · Π density.
   */
  logDensity(positions: Float64Array): number {
    const sums = this.#sums;
    sums.set(this.#logWeights);
    for (let j = 0; j < positions.length; j++) {
      if (!Number.isNaN(positions[j])) this.axes[j].addLogDensities(positions[j], sums);
    }
    let largest = -Infinity;
    for (let i = 0; i < sums.length; i++) if (sums[i] > largest) largest = sums[i];
    let sum = 0;
    for (let i = 0; i < sums.length; i++) sum += Math.exp(sums[i] - largest);
    return largest + Math.log(sum);
  }
}
