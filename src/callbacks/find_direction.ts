import { snakeCase } from "../errors/snake_case.ts";
import { metricTable } from "../metrics/gen/table.ts";

/**
 * Whether lower or higher is better for a name in the logs, by the table of metrics. `val_` before the name is ignored;
 * aliases and camelCase are known, `loss` is better lower, `accuracy` and `acc` higher.
 *
 * @param name A name in the logs: `val_loss`, `auc`, `binaryAccuracy`.
 * @returns `"min"`, `"max"`, or null if the name does not say it.
 */
export function findDirection(name: string): "min" | "max" | null {
  const key = bare(name.replace(/^val_/, ""));
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
