import type { IntegerRange, LogUniformRange, PlainDimension, UniformRange } from "./dimension.ts";
import type { ParamValue } from "./params.ts";

/**
 * A dimension laid on a line from `low` to `high`, on which its values are evenly likely: a point drawn evenly from the line
 * and turned by `valueAt` has the dimension's distribution. Each value of a countable dimension has a cell of the line.
 */
export interface Axis {
  /** `categorical`: values without order; `discrete`: countable and in order; `continuous`. */
  readonly kind: "categorical" | "discrete" | "continuous";
  /** How many values there are; Infinity if continuous. */
  readonly count: number;
  /** Where the line begins. */
  readonly low: number;
  /** Where the line ends. */
  readonly high: number;
  /** Value number k, from 0 to count − 1; not for a continuous axis. */
  at(k: number): ParamValue;
  /** The value at a point of the line; points outside count as its ends. */
  valueAt(x: number): ParamValue;
  /** Where a value lies: the middle of its cell. NaN if it is no value of the dimension. */
  positionOf(value: ParamValue): number;
  /** Where the cell of a position begins; the position itself if continuous. */
  lowerEdge(x: number): number;
  /** Where the cell of a position ends; the position itself if continuous. */
  upperEdge(x: number): number;
}

/**
 * The axis of a dimension. Logarithmic dimensions lie on it by their logarithm; countable ones by the number of the value.
 *
 * @param dimension A checked dimension.
 * @returns The axis.
 */
export function axisOf(dimension: PlainDimension): Axis {
  switch (dimension.kind) {
    case "constant":
      return categoricalAxis([dimension.value]);
    case "choice":
      return categoricalAxis(dimension.values);
    case "integer":
      return dimension.log ? logIntegerAxis(dimension) : integerAxis(dimension);
    case "uniform":
    case "logUniform":
      return dimension.steps === undefined ? continuousAxis(dimension) : steppedAxis(dimension, dimension.steps);
  }
}

/** Values by number, each with a cell of width 1 around it. */
function numberedAxis(
  kind: "categorical" | "discrete",
  count: number,
  at: (k: number) => ParamValue,
  indexOf: (value: ParamValue) => number | undefined,
): Axis {
  return {
    kind,
    count,
    low: -0.5,
    high: count - 0.5,
    at,
    valueAt: (x) => at(Math.min(count - 1, Math.max(0, Math.floor(x + 0.5)))),
    positionOf: (value) => indexOf(value) ?? NaN,
    lowerEdge: (x) => x - 0.5,
    upperEdge: (x) => x + 0.5,
  };
}

function categoricalAxis(values: readonly ParamValue[]): Axis {
  const numbers = new Map(values.map((value, k) => [value, k]));
  return numberedAxis("categorical", values.length, (k) => values[k], (value) => numbers.get(value));
}

function integerAxis({ min, max, step }: IntegerRange): Axis {
  const count = Math.floor((max - min) / step) + 1;
  const indexOf = (value: ParamValue): number | undefined => {
    const k = typeof value === "number" ? (value - min) / step : NaN;
    return Number.isInteger(k) && k >= 0 && k < count ? k : undefined;
  };
  return numberedAxis("discrete", count, (k) => min + k * step, indexOf);
}

function steppedAxis({ kind, min, max }: UniformRange | LogUniformRange, steps: number): Axis {
  const at = (k: number): number => {
    if (k === 0) return min;
    if (k === steps - 1) return max;
    const share = k / (steps - 1);
    return kind === "uniform" ? min + (max - min) * share : min * (max / min) ** share;
  };
  const indexOf = (value: ParamValue): number | undefined => {
    if (typeof value !== "number" || !(value >= min && value <= max)) return undefined;
    const share = kind === "uniform" ? (value - min) / (max - min) : Math.log(value / min) / Math.log(max / min);
    const k = Math.round(share * (steps - 1));
    return at(k) === value ? k : undefined;
  };
  return numberedAxis("discrete", steps, at, indexOf);
}

function logIntegerAxis({ min, max }: IntegerRange): Axis {
  const round = (x: number): number => Math.min(max, Math.max(min, Math.round(Math.exp(x))));
  return {
    kind: "discrete",
    count: max - min + 1,
    low: Math.log(min - 0.5),
    high: Math.log(max + 0.5),
    at: (k) => min + k,
    valueAt: round,
    positionOf: (value) => {
      return typeof value === "number" && Number.isInteger(value) && value >= min && value <= max
        ? Math.log(value)
        : NaN;
    },
    lowerEdge: (x) => Math.log(round(x) - 0.5),
    upperEdge: (x) => Math.log(round(x) + 0.5),
  };
}

function continuousAxis({ kind, min, max }: UniformRange | LogUniformRange): Axis {
  const isLog = kind === "logUniform";
  return {
    kind: "continuous",
    count: Infinity,
    low: isLog ? Math.log(min) : min,
    high: isLog ? Math.log(max) : max,
    at: (): never => {
      throw new RangeError("Cannot number the values of a continuous dimension");
    },
    valueAt: (x) => Math.min(max, Math.max(min, isLog ? Math.exp(x) : x)),
    positionOf: (value) => {
      if (typeof value !== "number" || !(value >= min && value <= max)) return NaN;
      return isLog ? Math.log(value) : value;
    },
    lowerEdge: (x) => x,
    upperEdge: (x) => x,
  };
}
