import type { RandomStream } from "../../tensor/random_stream.ts";
import type { Axis } from "../space/axis.ts";
import { drawUnit } from "../space/draw_unit.ts";
import { normalCdf } from "./normal_cdf.ts";

const LOG_ROOT_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/**
 * One axis of a Parzen estimator: a kernel for every observation, and a prior behind them. On an ordered axis a kernel is a
 * normal distribution cut off at the ends, as wide as the farther of its two neighbours is away, but not narrower than
 * (high − low) / min(100, n + 2) for n observations and not wider than the axis; the prior is as wide as the axis and lies
 * in its middle. Of a discrete axis a value has the mass of its cell. On a categorical axis with C values a kernel has the
 * probability (1 + w) / (1 + C·w) for its own value and w / (1 + C·w) for the others, w being 1 / (n + 1).
 *
 * An observation may be missing, for the parameter did not exist in that trial: its kernel is the prior.
 *
 * Sources: Bergstra et al. 2011, Algorithms for hyper-parameter optimization; Watanabe 2023, Tree-structured Parzen estimator.
 */
export class ParzenAxis {
  readonly #axis: Axis;
  /** The middles of the kernels, the prior's last. NaN where a categorical axis has none. */
  readonly #means: Float64Array;
  readonly #widths: Float64Array;
  /** The number of a kernel with the same mean and width, itself if there is none: on a discrete axis many are alike. */
  readonly #twins: Uint32Array;
  /** The logarithms of the kernels' factors. */
  readonly #logFactors: Float64Array;
  /** The logarithms of the masses of a discrete axis's values, kernel by kernel, as far as they have been asked for. */
  readonly #masses = new Map<number, Float64Array>();
  readonly #logHit: number;
  readonly #logMiss: number;

  /**
   * Fits the kernels.
   *
   * @param axis The axis.
   * @param positions Where the observations lie on it; NaN where one is missing. There are as many kernels, and one more.
   */
  constructor(axis: Axis, positions: Float64Array) {
    this.#axis = axis;
    const n = positions.length;
    this.#means = new Float64Array(n + 1).fill(NaN);
    this.#means.set(positions);
    this.#widths = new Float64Array(n + 1);
    this.#logFactors = new Float64Array(n + 1);
    this.#twins = Uint32Array.from(this.#means.keys());
    let present = 0;
    for (const x of positions) if (!Number.isNaN(x)) present++;
    const share = 1 / (present + 1);
    this.#logHit = Math.log((1 + share) / (1 + axis.count * share));
    this.#logMiss = Math.log(share / (1 + axis.count * share));
    if (axis.kind !== "categorical") this.#fit(positions, present);
  }

  #fit(positions: Float64Array, present: number): void {
    const { low, high } = this.#axis;
    const means = this.#means;
    const widths = this.#widths;
    const range = high - low;
    widths.fill(range);
    const order = new Uint32Array(present);
    let filled = 0;
    for (let i = 0; i < positions.length; i++) if (!Number.isNaN(positions[i])) order[filled++] = i;
    order.sort((a, b) => positions[a] - positions[b]);
    const least = range / Math.min(100, present + 2);
    for (let k = 0; k < present; k++) {
      const x = positions[order[k]];
      // The ends of the axis count as neighbours only of an observation that has no others.
      const below = k > 0 ? x - positions[order[k - 1]] : present > 1 ? 0 : x - low;
      const above = k < present - 1 ? positions[order[k + 1]] - x : present > 1 ? 0 : high - x;
      widths[order[k]] = Math.min(range, Math.max(least, below, above));
      if (k > 0 && x === positions[order[k - 1]] && widths[order[k]] === widths[order[k - 1]]) {
        this.#twins[order[k]] = this.#twins[order[k - 1]];
      }
    }
    for (let i = 0; i < means.length; i++) {
      if (Number.isNaN(means[i])) means[i] = (low + high) / 2;
      const mass = normalCdf((high - means[i]) / widths[i]) - normalCdf((low - means[i]) / widths[i]);
      this.#logFactors[i] = -Math.log(mass);
      if (this.#axis.kind === "continuous") this.#logFactors[i] -= Math.log(widths[i]) + LOG_ROOT_TWO_PI;
    }
  }

  /**
   * A position drawn from one kernel.
   *
   * @param kernel The number of the kernel.
   * @param random The stream to take from.
   * @returns A position on the axis, of a countable axis the middle of a cell.
   */
  draw(kernel: number, random: RandomStream): number {
    const { kind, low, high, count } = this.#axis;
    const mean = this.#means[kernel];
    if (kind === "categorical") {
      const isPrior = Number.isNaN(mean) || drawUnit(random) >= Math.exp(this.#logHit) - Math.exp(this.#logMiss);
      return isPrior ? random.nextInteger(count) : mean;
    }
    // The mean lies on the axis and the width is at most the axis's: at least a third of the draws fall on it.
    let x: number;
    do x = mean + this.#widths[kernel] * random.nextNormal(); while (!(x >= low && x < high));
    return kind === "continuous" ? x : this.#axis.positionOf(this.#axis.valueAt(x));
  }

  /**
   * Adds the logarithm of every kernel's density at a position (mass, if the axis is countable) to a list.
   *
   * @param x A position that `draw` or the axis gave.
   * @param sums One number a kernel.
   */
  addLogDensities(x: number, sums: Float64Array): void {
    const { kind } = this.#axis;
    if (kind === "continuous") this.#addNormals(x, sums);
    else if (kind === "categorical") this.#addCategories(x, sums);
    else {
      const masses = this.#findMasses(x);
      for (let i = 0; i < sums.length; i++) sums[i] += masses[i];
    }
  }

  #addNormals(x: number, sums: Float64Array): void {
    const means = this.#means;
    const widths = this.#widths;
    const logFactors = this.#logFactors;
    for (let i = 0; i < sums.length; i++) {
      const z = (x - means[i]) / widths[i];
      sums[i] += logFactors[i] - 0.5 * z * z;
    }
  }

  #addCategories(x: number, sums: Float64Array): void {
    const means = this.#means;
    const logPrior = -Math.log(this.#axis.count);
    for (let i = 0; i < sums.length; i++) {
      sums[i] += means[i] === x ? this.#logHit : Number.isNaN(means[i]) ? logPrior : this.#logMiss;
    }
  }

  #findMasses(x: number): Float64Array {
    const found = this.#masses.get(x);
    if (found !== undefined) return found;
    const lower = this.#axis.lowerEdge(x);
    const upper = this.#axis.upperEdge(x);
    const masses = this.#means.map((mean, i) => {
      if (this.#twins[i] !== i) return NaN; // filled in below
      const width = this.#widths[i];
      // Measured from the nearer tail, so that small masses keep their digits.
      const [a, b] = mean < lower ? [mean - upper, mean - lower] : [lower - mean, upper - mean];
      return Math.log(normalCdf(b / width) - normalCdf(a / width)) + this.#logFactors[i];
    });
    for (let i = 0; i < masses.length; i++) masses[i] = masses[this.#twins[i]];
    this.#masses.set(x, masses);
    return masses;
  }
}
