import type { Configuration } from "../../configuration/configuration.ts";
import type { Grid, RacePath, Racer, ReplyBody, Request } from "../../protocol.ts";
import { NonFiniteError } from "../../../../src/training/non_finite_error.ts";
import { Session } from "../session.ts";
import type { Situation } from "../situation.ts";
import { placeOn, type Plane, principalPlane, project } from "../../../../src/explain/curvature/plane_directions.ts";

/** Limits of a race, which is run at once. */
const MOST = { racers: 8, epochs: 5000, size: 81, steps: 400_000 };
/** Places of a path that are kept, besides the last one. */
const PLACES = 120;
/** A racer with so little loss has arrived: some go on far away from all others. */
const ARRIVED = 1e-3;
/** How far the surface reaches beyond the paths, as a share of their extent. */
const MARGIN = 0.2;

/** One racer's weights on its way. */
interface Way {
  readonly racer: Racer;
  readonly points: readonly Float32Array[];
  readonly losses: readonly number[];
  readonly failed: number | null;
}

/**
 * Trains with each optimizer from the same weights and with the same batches, and lays the plane through what they visit along which that varies
 * most. Losses of paths are those of the weights themselves, which lie beside the plane.
 */
export function runRace(
  { optimizers, epochs, size }: Request & { readonly kind: "race" },
  { session }: Situation,
): ReplyBody {
  const { configuration } = session;
  const within = (value: number, least: number, most: number): boolean =>
    Number.isInteger(value) && value >= least && value <= most;
  if (!within(optimizers.length, 1, MOST.racers)) throw new RangeError(`1 to ${MOST.racers} optimizers can race`);
  if (!within(epochs, 1, MOST.epochs)) throw new RangeError(`A race has 1 to ${MOST.epochs} epochs`);
  if (!within(size, 2, MOST.size)) throw new RangeError(`The surface has 2 to ${MOST.size} points along a side`);
  const steps = optimizers.length * epochs * session.loop.batches;
  if (steps > MOST.steps) {
    throw new RangeError(`A race has at most ${MOST.steps} steps of all optimizers together, this one has ${steps}`);
  }
  const ways = optimizers.map((racer) => takeWay(configuration, racer, epochs));
  const points = ways.flatMap(({ points }) => points);
  if (points.every((point) => point.every((value, i) => value === points[0][i]))) {
    throw new RangeError("No racer has moved: there is no plane to draw");
  }
  const plane = principalPlane(points);
  const paths = ways.map((way) => projectWay(way, plane));
  const { grid, u, v } = surfaceOf(configuration, plane, paths, size);
  return { kind: "race", isOver: true, paths, surface: { grid, u, v }, explained: plane.explained };
}

function takeWay(configuration: Configuration, racer: Racer, epochs: number): Way {
  const { optimizer, learningRate } = racer;
  const session = new Session({ ...configuration, optimizer, learningRate, schedule: null });
  const every = Math.ceil(epochs / PLACES);
  const points: Float32Array[] = [];
  const losses: number[] = [];
  const note = (): void => {
    points.push(session.weights());
    losses.push(session.lossOf(session.train));
  };
  note();
  for (let epoch = 0; epoch < epochs;) {
    try {
      if (!session.loop.step()) continue;
    } catch (error) {
      if (!(error instanceof NonFiniteError)) throw error;
      return { racer, points, losses, failed: epoch + 1 };
    }
    epoch++;
    if (epoch % every !== 0 && epoch !== epochs) continue;
    // A step may end where the next one finds no number any more.
    if (!session.weights().every(Number.isFinite)) return { racer, points, losses, failed: epoch };
    note();
    if (losses[losses.length - 1] < ARRIVED) break;
  }
  return { racer, points, losses, failed: null };
}

/** Where a way lies on the plane, and how far from it. */
function projectWay({ racer, points, losses, failed }: Way, plane: Plane): RacePath {
  const projected = points.map((point) => project(plane, point));
  return {
    racer,
    places: Float32Array.from(projected.flatMap(([u, v]) => [u, v])),
    losses: Float32Array.from(losses),
    distances: Float32Array.from(projected, ([, , distance]) => distance),
    failed,
  };
}

/** Losses of all training samples over a rectangle of the plane that holds all paths, by rows from the highest v down. */
function surfaceOf(
  configuration: Configuration,
  plane: Plane,
  paths: readonly RacePath[],
  size: number,
): { grid: Grid; u: [number, number]; v: [number, number] } {
  const reach = (offset: number): [number, number] => {
    const all = paths.flatMap(({ places }) => [...places].filter((_, i) => i % 2 === offset));
    const [low, high] = [Math.min(...all), Math.max(...all)];
    const margin = MARGIN * (high - low) || 1;
    return [low - margin, high + margin];
  };
  const [u, v] = [reach(0), reach(1)];
  const session = new Session(configuration);
  const values = new Float32Array(size * size);
  for (let row = 0; row < size; row++) {
    const b = v[1] - (v[1] - v[0]) * row / (size - 1);
    for (let column = 0; column < size; column++) {
      const a = u[0] + (u[1] - u[0]) * column / (size - 1);
      session.setWeights(Float32Array.from(placeOn(plane, a, b)));
      values[row * size + column] = session.lossOf(session.train);
    }
  }
  return { grid: { size, planes: 1, values }, u, v };
}
