/** What a network may be given of a point, in the order in which it gets them. */
export const FEATURE_NAMES = ["x1", "x2", "x1_squared", "x2_squared", "x1_x2", "sin_x1", "sin_x2"] as const;

/** The name of a feature. */
export type FeatureName = (typeof FEATURE_NAMES)[number];
