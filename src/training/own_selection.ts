import { describeValue } from "../errors/describe_value.ts";
import { sizeOf } from "../tensor/size_of.ts";
import { Tensor } from "../tensor/tensor.ts";
import { MemberOutputs } from "./member_outputs.ts";
import type { Goal } from "./objective.ts";
import type { Selection } from "./selection.ts";

/** What an objective of one's own is computed from: a tensor, of a model with several outputs a record by their names. */
export type ObjectiveValues = Tensor & Readonly<Record<string, Tensor>>;

/** An objective of the user's own. It needs no derivative. */
export interface OwnObjective {
  /** Its name, for files. */
  readonly id: string;
  readonly direction: "max" | "min";
  /** A number for a batch: predictions [rows, …], classes along the last axis, and labels as the loss takes them. */
  readonly evaluate: (predictions: ObjectiveValues, labels: ObjectiveValues) => number;
}

/** Members are chosen by a function of predictions and labels. */
export function ownSelection(goals: readonly Goal[], { id, direction, evaluate }: OwnObjective): Selection {
  const sign = direction === "max" ? -1 : 1;
  const name = (part: string): string[] => goals.map((_, i) => `${part}/${i}`);
  const [outputs, labels, inputs] = [name("output"), name("labels"), name("y")];
  const gather = (tensorOf: (goal: number) => Tensor): ObjectiveValues =>
    (goals.length === 1
      ? tensorOf(0)
      : Object.fromEntries(goals.map(({ port }, i) => [port.name, tensorOf(i)]))) as ObjectiveValues;
  return {
    isLoss: false,
    direction,
    goal: null,
    metric: null,
    saved: { id, config: {}, custom: true, direction },
    kept: (one) => [...outputs, ...labels].filter((output) => one.outputs[output] !== undefined),
    score({ program, one, members, batch: { rows, shapes } }, tell) {
      const found = new MemberOutputs(program, one);
      for (let i = 0; i < members; i++) {
        found.member = i;
        const predictions = gather((goal) => {
          const { port, output } = goals[goal];
          return shaped(found.output(outputs[goal]), rows, shapes?.outputs[output] ?? port.shape);
        });
        const given = gather((goal) => {
          const values = found.hasOutput(labels[goal]) ? found.output(labels[goal]) : found.input(inputs[goal]);
          const { port, output } = goals[goal];
          return shaped(values, rows, shapes?.outputs[output] ?? port.shape);
        });
        const value: unknown = evaluate(predictions, given);
        if (typeof value !== "number") {
          throw new TypeError(`Cannot use objective "${id}": it must return a number, got ${describeValue(value)}`);
        }
        tell(i, sign * value);
      }
    },
  };
}

/** A copy of values as a tensor of so many rows: of that shape, if they are as many, else of one axis more, or none. */
function shaped(values: Float32Array, rows: number, shape: readonly (number | null)[]): Tensor {
  const known = shape.every((length) => length !== null) && sizeOf(shape as number[]) * rows === values.length;
  const rest = known ? shape as number[] : values.length === rows ? [] : [values.length / rows];
  return new Tensor(values.slice(), [rows, ...rest]);
}
