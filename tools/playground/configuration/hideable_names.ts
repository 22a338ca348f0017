/** The controls and views that an address may hide. */
export const HIDEABLE_NAMES = [
  "presets",
  "data",
  "features",
  "layers",
  "loss",
  "optimizer",
  "rate",
  "batch",
  "seed",
  "stop",
  "phases",
  "play",
  "curves",
  "flow",
  "findings",
  "chain",
  "curvature",
  "runs",
  "race",
  "series",
  "share",
  "script",
] as const;

/** The name of a control or view. */
export type HideableName = (typeof HIDEABLE_NAMES)[number];
