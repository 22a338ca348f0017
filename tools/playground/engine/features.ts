import type { FeatureName } from "../configuration/feature_names.ts";

/** What a feature is of a point, and how a script writes it. */
interface Feature {
  readonly of: (x1: number, x2: number) => number;
  readonly text: string;
}

/** The features. */
export const features: Readonly<Record<FeatureName, Feature>> = {
  x1: { of: (x1) => x1, text: "x1" },
  x2: { of: (_, x2) => x2, text: "x2" },
  x1_squared: { of: (x1) => x1 * x1, text: "x1 * x1" },
  x2_squared: { of: (_, x2) => x2 * x2, text: "x2 * x2" },
  x1_x2: { of: (x1, x2) => x1 * x2, text: "x1 * x2" },
  sin_x1: { of: (x1) => Math.sin(x1), text: "Math.sin(x1)" },
  sin_x2: { of: (_, x2) => Math.sin(x2), text: "Math.sin(x2)" },
};
