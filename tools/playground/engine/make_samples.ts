import type { FeatureName } from "../configuration/feature_names.ts";
import type { Samples } from "../protocol.ts";
import type { DrawnData } from "./data/draw_samples.ts";
import type { Point } from "./data/point.ts";
import { features } from "./features.ts";

/** Points as the network sees them. */
export function makeSamples(
  points: readonly Point[],
  { outputs, classes }: Pick<DrawnData, "outputs" | "classes">,
  names: readonly FeatureName[],
): Samples {
  const flat = points.flatMap(({ x1, x2 }) => [x1, x2]);
  const labels = points.flatMap(({ y }) => {
    if (typeof y !== "number") return y;
    return classes > 2 ? Array.from({ length: outputs }, (_, k) => Number(k === y)) : [y];
  });
  return {
    count: points.length,
    points: Float32Array.from(flat),
    inputs: Float32Array.from(points.flatMap(({ x1, x2 }) => names.map((name) => features[name].of(x1, x2)))),
    labels: Float32Array.from(labels),
    classes: Float32Array.from(points.map(({ y }) => typeof y === "number" ? y : y[0])),
  };
}
