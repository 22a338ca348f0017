import type { Configuration, OptionValues, Part } from "../../configuration/configuration.ts";
import { DATA_KINDS } from "../../configuration/data_fields.ts";
import type { DataName } from "../../configuration/data_names.ts";

const OF_TWO = ["binary_crossentropy", "binary_focal_crossentropy", "hinge", "squared_hinge"];
const OF_MANY = ["categorical_crossentropy", "categorical_focal_crossentropy", "categorical_hinge", "kl_divergence"];
const OF_VALUES = [
  "mean_squared_error",
  "half_sum_of_squares",
  "mean_absolute_error",
  "huber",
  "log_cosh",
];

/** The settings with other data: loss and output change only where the present ones cannot learn it. */
export function fitToData(configuration: Configuration, name: DataName): Partial<Configuration> {
  const { points, testShare } = configuration.data;
  // Of a few own points each is to be learnt.
  const isFew = name === "own" && configuration.data.name !== "own" && points.length < 20;
  const data = { ...configuration.data, name, testShare: isFew ? 0 : testShare };
  const kind = name === "own"
    ? { task: data.task, columns: Math.max(2, ...data.points.map(({ y }) => y + 1)) }
    : DATA_KINDS[name];
  const wanted = kind.task === "regression" ? OF_VALUES : kind.columns > 2 ? OF_MANY : OF_TWO;
  const isRight = wanted.includes(configuration.loss.name) || kind.task === "classes" && kind.columns === 2 &&
      OF_VALUES.includes(configuration.loss.name);
  if (isRight) return { data };
  const loss: Part = { name: wanted[0], options: {} };
  const activation = kind.task === "regression" ? "linear" : kind.columns > 2 ? "softmax" : "sigmoid";
  const output: OptionValues = { ...configuration.output, activation };
  return { data, loss, output };
}
