import type { Optimizer } from "../optimizers/optimizer.ts";

/** The blocks of memory that are an optimizer's state, to be saved: `slot/<name>`, `ema`, `accumulator`. */
export function listStateBlocks({ slots, common }: Optimizer): string[] {
  return [
    ...slots.map(({ name }) => `slot/${name}`),
    ...(common.useEma ? ["ema"] : []),
    ...(common.gradientAccumulationSteps === null ? [] : ["accumulator"]),
  ];
}
