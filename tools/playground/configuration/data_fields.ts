import type { DataName } from "./data_names.ts";

/** What is known of a data set without drawing it. */
export interface DataKind {
  readonly task: "classes" | "regression";
  /** Whether the number of samples, noise and test share can be chosen. */
  readonly isFixed: boolean;
  /** Classes, or values where the task is a regression. */
  readonly columns: number;
}

/** The data sets. Of "own" the configuration says the task, and its points say how many classes there are. */
export const DATA_KINDS: Readonly<Record<DataName, DataKind>> = {
  xor: { task: "classes", isFixed: true, columns: 2 },
  noisy_xor: { task: "classes", isFixed: false, columns: 2 },
  circle: { task: "classes", isFixed: false, columns: 2 },
  spiral: { task: "classes", isFixed: false, columns: 2 },
  gaussians: { task: "classes", isFixed: false, columns: 2 },
  moons: { task: "classes", isFixed: false, columns: 2 },
  plane: { task: "regression", isFixed: false, columns: 1 },
  waves: { task: "regression", isFixed: false, columns: 1 },
  worked_example: { task: "regression", isFixed: true, columns: 2 },
  iris: { task: "classes", isFixed: true, columns: 3 },
  own: { task: "classes", isFixed: true, columns: 2 },
};
