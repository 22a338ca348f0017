import type { DataName } from "../../configuration/data_names.ts";
import type { RandomStream } from "../../../../src/tensor/random_stream.ts";
import type { Generator, Point } from "./point.ts";

/** A number between two, all equally likely. */
function between(random: RandomStream, low: number, high: number): number {
  return low + (high - low) * random.nextUniform();
}

/** Calls `draw` for every sample; samples of two classes come in turns, so that there are as many of each. */
function repeat(count: number, draw: (index: number, label: 0 | 1) => Point): Point[] {
  return Array.from({ length: count }, (_, i) => draw(i, i % 2 as 0 | 1));
}

/** Points beside the axes in all four quadrants; the class is 1 where the coordinates have different signs. */
const noisyXor: Generator = (count, noise, random) =>
  repeat(count, (index, label) => {
    const sign = index % 4 < 2 ? 1 : -1;
    const x1 = sign * between(random, 0.2, 2.5);
    const x2 = (label === 0 ? 1 : -1) * sign * between(random, 0.2, 2.5);
    return { x1: x1 + noise * random.nextNormal(), x2: x2 + noise * random.nextNormal(), y: label };
  });

/** A disc (class 1) and a ring around it. */
const circle: Generator = (count, noise, random) =>
  repeat(count, (_, label) => {
    const radius = label === 1 ? between(random, 0, 1.25) : between(random, 1.75, 2.5);
    const angle = between(random, 0, 2 * Math.PI);
    return {
      x1: radius * Math.cos(angle) + noise * random.nextNormal(),
      x2: radius * Math.sin(angle) + noise * random.nextNormal(),
      y: label,
    };
  });

/** Two arms that turn around each other one and three quarter times. */
const spiral: Generator = (count, noise, random) =>
  repeat(count, (index, label) => {
    const part = Math.floor(index / 2) / Math.max(1, Math.ceil(count / 2) - 1);
    const angle = 3.5 * Math.PI * part + label * Math.PI;
    const radius = 0.15 + 2.35 * part;
    return {
      x1: radius * Math.sin(angle) + 0.5 * noise * random.nextNormal(),
      x2: radius * Math.cos(angle) + 0.5 * noise * random.nextNormal(),
      y: label,
    };
  });

/** Two clouds. */
const gaussians: Generator = (count, noise, random) =>
  repeat(count, (_, label) => {
    const center = label === 1 ? 1.2 : -1.2;
    const deviation = 0.3 + 1.4 * noise;
    return { x1: center + deviation * random.nextNormal(), x2: center + deviation * random.nextNormal(), y: label };
  });

/** Two half circles that reach into each other. */
const moons: Generator = (count, noise, random) =>
  repeat(count, (_, label) => {
    const angle = between(random, 0, Math.PI);
    const [x1, x2] = label === 0
      ? [Math.cos(angle) - 0.5, Math.sin(angle) - 0.25]
      : [0.5 - Math.cos(angle), 0.25 - Math.sin(angle)];
    return {
      x1: 1.5 * x1 + noise * random.nextNormal(),
      x2: 1.5 * x2 + noise * random.nextNormal(),
      y: label,
    };
  });

/** y = (x1 + x2) / 5, a plane. */
const plane: Generator = (count, noise, random) =>
  repeat(count, () => {
    const [x1, x2] = [between(random, -2.5, 2.5), between(random, -2.5, 2.5)];
    return { x1, x2, y: [(x1 + x2) / 5 + noise * random.nextNormal()] };
  });

/** y = sin(x1) · cos(x2): hills and valleys. */
const waves: Generator = (count, noise, random) =>
  repeat(count, () => {
    const [x1, x2] = [between(random, -2.5, 2.5), between(random, -2.5, 2.5)];
    return { x1, x2, y: [Math.sin(x1) * Math.cos(x2) + noise * random.nextNormal()] };
  });

/** The data sets that are drawn. */
export const generators: Readonly<Partial<Record<DataName, Generator>>> = {
  noisy_xor: noisyXor,
  circle,
  spiral,
  gaussians,
  moons,
  plane,
  waves,
};
