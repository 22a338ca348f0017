import type { BatchKind, StepKind } from "../../training/program_source.ts";

/** What a plan calls the program of a step: `train/32`, and with the lengths that batches bring along `train/32/12x16`. */
export function nameStep(kind: StepKind, { rows, shapes }: BatchKind): string {
  return shapes === null ? `${kind}/${rows}` : `${kind}/${rows}/${shapes.key}`;
}
