import type { Configuration, DataConfiguration } from "../../configuration/configuration.ts";
import { DATA_KINDS } from "../../configuration/data_fields.ts";
import type { Domain } from "../../protocol.ts";
import { RandomStream } from "../../../../src/tensor/random_stream.ts";
import { generators } from "./generators.ts";
import { iris } from "./iris.ts";
import type { Point } from "./point.ts";

/** What a configuration's data are. */
export interface DrawnData {
  readonly train: readonly Point[];
  readonly test: readonly Point[];
  readonly domain: Domain;
  readonly task: "classes" | "regression";
  /** How many classes there are; 0 for values. */
  readonly classes: number;
  /** The network's outputs: 1 for two classes, else one for each class or value. */
  readonly outputs: number;
  readonly labels: readonly string[];
  readonly axes: readonly [x1: string, x2: string];
}

/** Random streams: of the samples, and of the split. */
const SAMPLES = 0;
const SPLIT = 1;

const SQUARE: Domain = { x1: [-3, 3], x2: [-3, 3] };
const XOR: readonly Point[] = [[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0]].map(([x1, x2, y]) => ({ x1, x2, y }));
/** The lecture's: inputs 0.1 and 0.5, wanted answers 0.05 and 0.95. */
const WORKED_EXAMPLE: readonly Point[] = [{ x1: 0.1, x2: 0.5, y: [0.05, 0.95] }];

/**
 * Draws the samples of a configuration. Coordinates and values have three decimals: so they are the same wherever the last bits of a cosine
 * differ, and a script can hold them as they are.
 */
export function drawSamples({ data }: Pick<Configuration, "data">): DrawnData {
  const { points, domain, labels, axes } = drawPoints(data);
  const { task } = data.name === "own" ? data : DATA_KINDS[data.name];
  const { train, test } = split(points, data);
  if (task === "regression") {
    const [{ y }] = points;
    const outputs = typeof y === "number" ? 1 : y.length;
    return { train, test, domain, task, classes: 0, outputs, labels, axes };
  }
  const classes = Math.max(2, ...points.map(({ y }) => (y as number) + 1));
  const names = Array.from({ length: classes }, (_, i) => labels[i] ?? String(i));
  return { train, test, domain, task, classes, outputs: classes === 2 ? 1 : classes, labels: names, axes };
}

/** The points of a data set, with what belongs to them. */
interface DrawnPoints {
  readonly points: readonly Point[];
  readonly domain: Domain;
  readonly labels: readonly string[];
  readonly axes: readonly [string, string];
}

function drawPoints(data: DataConfiguration): DrawnPoints {
  const axes = ["x1", "x2"] as const;
  switch (data.name) {
    case "xor":
      return { points: XOR, domain: { x1: [-0.25, 1.25], x2: [-0.25, 1.25] }, labels: [], axes };
    case "worked_example":
      return { points: WORKED_EXAMPLE, domain: { x1: [0, 1], x2: [0, 1] }, labels: ["y1", "y2"], axes };
    case "iris":
      return {
        points: iris.map(([x1, x2, y]) => ({ x1, x2, y })),
        domain: { x1: [0, 8], x2: [-0.5, 3.5] },
        labels: ["setosa", "versicolor", "virginica"],
        axes: ["petal length (cm)", "petal width (cm)"],
      };
    case "own": {
      const { points, task } = data;
      const own = points.length === 0
        ? XOR
        : points.map(({ x1, x2, y }) => ({ x1, x2, y: task === "regression" ? [y] : y }));
      return { points: own, domain: spanOf(own), labels: task === "regression" ? ["y"] : [], axes };
    }
    default: {
      const draw = generators[data.name]!;
      const drawn = draw(data.samples, data.noise, new RandomStream(data.seed, SAMPLES));
      const labels = DATA_KINDS[data.name].task === "regression" ? ["y"] : [];
      return { points: drawn.map(round), domain: SQUARE, labels, axes };
    }
  }
}

function round({ x1, x2, y }: Point): Point {
  const cut = (value: number): number => Math.round(value * 1000) / 1000 + 0;
  return { x1: cut(x1), x2: cut(x2), y: typeof y === "number" ? y : y.map(cut) };
}

/** A domain around own points: the square of the other sets where they lie in it, so that a first click does not move the plane. */
function spanOf(points: readonly Point[]): Domain {
  const span = (values: readonly number[]): [number, number] => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    if (low >= -3 && high <= 3) return [-3, 3];
    const margin = 0.1 * (high - low) || 1;
    return [low - margin, high + margin];
  };
  return { x1: span(points.map(({ x1 }) => x1)), x2: span(points.map(({ x2 }) => x2)) };
}

/** Keeps a share of the points for the test, chosen by the seed. The training set has at least one. */
function split(
  points: readonly Point[],
  { name, testShare, seed }: DataConfiguration,
): Pick<DrawnData, "train" | "test"> {
  const count = name === "xor" || name === "worked_example" ? 0 : Math.floor(points.length * testShare);
  if (count === 0) return { train: points, test: [] };
  const random = new RandomStream(seed, SPLIT);
  const order = points.map((_, i) => i);
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.nextInteger(i + 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
  const isTest = new Set(order.slice(0, Math.min(count, points.length - 1)));
  return { train: points.filter((_, i) => !isTest.has(i)), test: points.filter((_, i) => isTest.has(i)) };
}
