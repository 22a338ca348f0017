import { snakeCase } from "../errors/snake_case.ts";
import { metricTable } from "../metrics/gen/table.ts";

/**
 * Whether lower or higher is better for a name in the logs, by the table of metrics. `val_` before the name is ignored;
 * aliases and camelCase are known, `loss` is better lower, `accuracy` and `acc` higher.
 *
 * @param name A name in the logs: `val_loss`, `auc`, `binaryAccuracy`.
 * @param logs All names in the logs: where there are losses of outputs (`label_loss`), what is behind such a name counts (`label_accuracy`).
 * @returns `"min"`, `"max"`, or null if the name does not say it.
 */
export function findDirection(name: string, logs: readonly string[] = []): "min" | "max" | null {
  const plain = name.replace(/^val_/, "");
  const outputs = logs.flatMap((each) => each.endsWith("_loss") && !each.startsWith("val_") ? [each.slice(0, -5)] : []);
  const output = outputs.find((each) => plain.startsWith(`${each}_`));
  const key = bare(output === undefined ? plain : plain.slice(output.length + 1));
  if (key === "loss") return "min";
  if (key === "accuracy" || key === "acc") return "max";
  for (const row of Object.values(metricTable)) {
    if ([row.id, ...row.aliases].some((each) => bare(each) === key)) return row.create().direction;
  }
  return null;
}

/** A name without its spelling: underscores and capitals do not count. */
function bare(name: string): string {
  return snakeCase(name).replaceAll("_", "");
}
