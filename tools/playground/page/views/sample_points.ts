import type { Domain, Samples } from "../../protocol.ts";
import type { ReplyOf } from "../state/store.ts";

/** A sample as the pictures show it. */
export interface SamplePoint {
  readonly set: "train" | "test";
  readonly index: number;
  readonly x1: number;
  readonly x2: number;
  /** The number of the class, or the value. */
  readonly y: number;
}

/** All samples, those for the test last. */
export function samplePoints(network: ReplyOf<"configured">, withTest: boolean): SamplePoint[] {
  const list = (set: "train" | "test", { count, points, classes }: Samples): SamplePoint[] =>
    Array.from({ length: count }, (_, index) => ({
      set,
      index,
      x1: points[2 * index],
      x2: points[2 * index + 1],
      y: classes[index],
    }));
  return [...list("train", network.train), ...withTest ? list("test", network.test) : []];
}

/** Where a point of the plane lies in a picture of so many pixels a side. */
export function toPicture({ x1, x2 }: Domain, side: number, point: { x1: number; x2: number }): [x: number, y: number] {
  return [
    (point.x1 - x1[0]) / (x1[1] - x1[0]) * side,
    (x2[1] - point.x2) / (x2[1] - x2[0]) * side,
  ];
}

/** The point of the plane at a place of the picture. */
export function toPlane({ x1, x2 }: Domain, side: number, x: number, y: number): { x1: number; x2: number } {
  return { x1: x1[0] + x / side * (x1[1] - x1[0]), x2: x2[1] - y / side * (x2[1] - x2[0]) };
}

/** How many answers are right, or the root mean square error of values. */
export function judge(
  network: ReplyOf<"configured">,
  samples: Samples,
  answers: Float32Array,
): { right: number; error: number } {
  const { outputs, task } = network;
  let right = 0;
  let squares = 0;
  for (let row = 0; row < samples.count; row++) {
    if (task === "regression") {
      for (let k = 0; k < outputs; k++) {
        squares += (answers[row * outputs + k] - samples.labels[row * outputs + k]) ** 2;
      }
    } else if (answerOf(network, answers, row) === samples.classes[row]) right++;
  }
  return { right, error: Math.sqrt(squares / Math.max(1, samples.count * outputs)) };
}

/** The class that an answer stands for; the loudest output where there are several. */
export function answerOf(network: ReplyOf<"configured">, answers: Float32Array, row: number): number {
  const { outputs } = network;
  if (outputs === 1) return answers[row] > thresholdOf(network) ? 1 : 0;
  let best = 0;
  for (let k = 1; k < outputs; k++) if (answers[row * outputs + k] > answers[row * outputs + best]) best = k;
  return best;
}

/** Above what an answer of two classes means class 1: 0 where the loss is a hinge or takes logits, else ½. */
export function thresholdOf({ configuration, outputs, task }: ReplyOf<"configured">): number {
  if (task === "regression" || outputs > 1) return 0;
  const { name, options } = configuration.loss;
  return name === "hinge" || name === "squared_hinge" || options.fromLogits === true ? 0 : 0.5;
}
