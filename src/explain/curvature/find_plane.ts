import type { DataInputs, SampleInputs } from "../../data/data_input.ts";
import { type Language, readLanguage } from "../../drawing/language.ts";
import { checkInteger } from "../../errors/check_integer.ts";
import { checkNumber } from "../../errors/check_number.ts";
import { checkOptions } from "../../errors/check_options.ts";
import { describeValue } from "../../errors/describe_value.ts";
import { type AnyModel, internalsOf } from "../trace/internals_of.ts";
import { LossPlane, type PlaneAxis, type PlanePath } from "./loss_plane_drawing.ts";
import { LossSurface } from "./loss_surface.ts";
import { placeOn, type Plane, principalPlane, project, randomPlane } from "./plane_directions.ts";
import { readWeights, writeWeights } from "./read_weights.ts";
import type { TrainingPath } from "./record_path.ts";
import { spectrumAt } from "./spectrum.ts";
import { createTicker } from "./ticker.ts";

/** Options of `lossPlane`. */
export interface LossPlaneOptions {
  /**
   * Which plane: of the first two principal components of paths that `recordPath` kept; through two random filter-normalised directions, `"random"`,
   * the default; or through the Hessian's vectors of λmax and λmin, `"hessian"`.
   */
  through?: TrainingPath | readonly TrainingPath[] | "random" | "hessian";
  /** Paths to draw on the plane. Default: those of `through`. */
  paths?: TrainingPath | readonly TrainingPath[];
  /** Losses along each side, an integer from 5 to 201. Default 41. */
  resolution?: number;
  /** How far a plane through directions reaches from the model's weights, in their lengths. Default 1; where paths go farther, so far. */
  reach?: number;
  /** The seed of random directions. Default 0. */
  seed?: number;
  /** 1 (default): says how far it is, where it takes longer than a second; 0: silent. */
  verbose?: 0 | 1;
  /** The language of the text. Default `"en"`. */
  language?: Language;
}

/** Points of a path that are looked at: about so many, the first and the last among them. */
const POINTS = 100;
/** What is shown around paths, as a share of their range. */
const MARGIN = 0.15;
/** Samples in a batch. */
const BATCH = 1024;

/** What `lossPlane` does. */
export function findPlane(
  model: AnyModel,
  x: SampleInputs,
  y: DataInputs,
  options: LossPlaneOptions = {},
): LossPlane {
  const what = "draw a loss plane";
  checkOptions(what, options, ["through", "paths", "resolution", "reach", "seed", "verbose", "language"]);
  const internals = internalsOf(what, model);
  const samples = internals.samplesFor(model, x, y, undefined);
  const resolution = checkInteger(what, "resolution", options.resolution ?? 41, { min: 5, max: 201 });
  const reach = checkNumber(what, "reach", options.reach ?? 1, { minExclusive: 0 });
  const seed = checkInteger(what, "seed", options.seed ?? 0, { min: 0 });
  const verbose = checkInteger(what, "verbose", options.verbose ?? 1, { min: 0, max: 1 }) as 0 | 1;
  const language = readLanguage(what, options.language);
  const weights = readWeights(model);
  if (weights.length < 2) {
    throw new RangeError(
      `Cannot ${what}: the model must have at least two weights that are trained, got ${weights.length}`,
    );
  }
  const { through = "random" } = options;
  const isNamed = through === "random" || through === "hessian";
  const runs = isNamed ? [] : readPaths(what, "through", through, weights.length);
  const paths = options.paths === undefined ? runs : readPaths(what, "paths", options.paths, weights.length);

  let plane: Plane;
  let about: readonly [Partial<PlaneAxis>, Partial<PlaneAxis>] = [{}, {}];
  if (through === "random") plane = randomPlane(model, weights, seed);
  else if (through === "hessian") {
    const { largest, smallest } = spectrumAt(what, new LossSurface(what, model, x, y), weights, 100);
    plane = { center: weights, directions: [largest.vector, smallest.vector] };
    about = [{ eigenvalue: largest.value }, { eigenvalue: smallest.value }];
  } else {
    const points = runs.flatMap((run) => run.points);
    if (!points.some((point) => point.some((each, i) => each !== points[0][i]))) {
      throw new RangeError(`Cannot ${what}: the paths must have points that differ, got the same weights everywhere`);
    }
    const found = principalPlane(points);
    plane = found;
    about = [{ explained: found.explained[0] }, { explained: found.explained[1] }];
  }

  const shown = paths.map((path) => {
    const step = Math.max(1, (path.points.length - 1) / POINTS);
    const picked: number[] = [];
    for (let k = 0; k < path.points.length - 1; k += step) picked.push(Math.round(k));
    picked.push(path.points.length - 1);
    return picked.map((i) => ({ epoch: path.epochs[i], weights: path.points[i], at: project(plane, path.points[i]) }));
  });
  const axes = ([0, 1] as const).map((axis): PlaneAxis => {
    const places = shown.flatMap((points) => points.map(({ at }) => at[axis]));
    let [low, high] = isNamed ? [-reach, reach] : [Infinity, -Infinity];
    for (const place of places) [low, high] = [Math.min(low, place), Math.max(high, place)];
    const more = isNamed && places.length === 0 ? 0 : MARGIN * (high - low) || 0.1;
    return { low: low - more, high: high + more, explained: null, eigenvalue: null, ...about[axis] };
  }) as [PlaneAxis, PlaneAxis];

  const count = resolution * resolution;
  const ticker = createTicker(internals, what, count, verbose);
  const values: number[] = [];
  const lossAt = (w: ArrayLike<number>): number => {
    writeWeights(model, w);
    return internals.evaluateSamples(model.trainer, samples, Math.min(BATCH, samples.count)).loss;
  };
  const at = ({ low, high }: PlaneAxis, share: number): number => low + (high - low) * share;
  let loss: number;
  let lines: readonly PlanePath[];
  try {
    loss = lossAt(weights);
    for (let row = 0; row < resolution; row++) {
      for (let column = 0; column < resolution; column++) {
        const a = at(axes[0], (column + 0.5) / resolution);
        const b = at(axes[1], 1 - (row + 0.5) / resolution);
        values.push(lossAt(placeOn(plane, a, b)));
      }
      ticker.done(values.length);
    }
    lines = shown.map((points, k) => ({
      label: paths[k].label,
      points: points.map(({ epoch, weights, at: [a, b, distance] }) => {
        return { epoch, at: [a, b] as const, loss: lossAt(weights), planeLoss: lossAt(placeOn(plane, a, b)), distance };
      }),
    }));
  } finally {
    writeWeights(model, weights);
  }
  return new LossPlane({
    plane: isNamed ? through : "principal components",
    axes,
    columns: resolution,
    rows: resolution,
    values,
    loss,
    paths: lines,
  }, language);
}

/** Checks paths. */
function readPaths(what: string, name: string, given: unknown, weights: number): TrainingPath[] {
  const list = Array.isArray(given) ? given : [given];
  if (list.length === 0 && name === "through") {
    throw new TypeError(`Cannot ${what}: ${name} must have at least one path, got []`);
  }
  return list.map((path) => {
    if (!Array.isArray(path?.points) || !Array.isArray(path.epochs)) {
      const or = name === "through" ? '"random", "hessian" or ' : "";
      throw new TypeError(`Cannot ${what}: ${name} must be ${or}what recordPath() gives, got ${describeValue(path)}`);
    }
    if (path.points.length === 0) {
      throw new RangeError(
        `Cannot ${what}: path ${describeValue(path.label)} must have points; give it to fit as a callback`,
      );
    }
    if (path.points[0].length !== weights) {
      throw new RangeError(
        `Cannot ${what}: path ${
          describeValue(path.label)
        } must be of this model, which trains ${weights} numbers, got ` +
          `${path.points[0].length}`,
      );
    }
    return path;
  });
}
