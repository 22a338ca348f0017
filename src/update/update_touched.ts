import { describeValue } from "../errors/describe_value.ts";
import { type BufferRef, byParameter, count, read, write } from "../ops/op.ts";
import type { CommonConfig, FusedOptimizer } from "../optimizers/optimizer.ts";
import type { ProgramBuilder } from "../program/program_builder.ts";
import type { VariablePlace } from "../program/variable_place.ts";
import type { UpdateGroup } from "./update_layout.ts";

/** Steps that leave a row as it is where its gradient is 0, and have a kernel `<step>_touched`. */
const STEPS: readonly string[] = ["sgd_step", "adagrad_step"];

/** What an optimizer may not be asked for besides: it is about all rows. */
const WHOLE: readonly (keyof CommonConfig)[] = [
  "weightDecay",
  "clipnorm",
  "clipvalue",
  "globalClipnorm",
  "useEma",
  "gradientAccumulationSteps",
];

/**
 * Checks that optimizers can update sparse variables row by row.
 *
 * @throws {TypeError} If one cannot: `Cannot train "words/embeddings" …`
 */
export function checkTouched(groups: readonly UpdateGroup[]): void {
  for (const { optimizer, variables } of groups) {
    const sparse = variables.find(({ touched }) => touched !== undefined);
    if (sparse === undefined) continue;
    const fail = (found: string): never => {
      throw new TypeError(
        `Cannot train "${sparse.name}": it is sparse, so the optimizer must leave rows without a gradient as they are: ` +
          `sgd without momentum, or adagrad, got ${found}`,
      );
    };
    const { id, common } = optimizer;
    const whole = WHOLE.find((name) => common[name] !== null && common[name] !== false);
    if (whole !== undefined) fail(`${id} with ${whole}`);
    if (!("formula" in optimizer)) return fail(describeValue(id));
    if (!STEPS.includes(optimizer.formula.name)) fail(id === "sgd" ? "sgd with momentum" : describeValue(id));
  }
}

/**
 * Adds the step of a sparse variable: of the rows that the batch has looked up.
 *
 * @param arrays where its weights (`w`), gradient (`g`) and slots are
 */
export function updateTouched(
  builder: ProgramBuilder,
  { formula, scalars }: FusedOptimizer,
  { shape: [rows], elements, touched }: VariablePlace,
  arrays: (name: string) => BufferRef,
  cells: BufferRef,
): void {
  const width = elements / rows;
  const flags = builder.place({ block: "touched", offset: touched! }, rows);
  builder.call(`${formula.name}_touched`, [
    ...Object.keys(formula.outputs).map((name) => write(arrays(name), width)),
    read(arrays("g"), width),
    read(flags, 1),
    read(cells, 0),
    ...scalars,
    count(),
    width,
  ], byParameter(rows));
}
