import type { Port } from "../data/signature.ts";
import { describeValue } from "../errors/describe_value.ts";

/** What is done with a loss or a metric, for messages: `compute loss "quantile" of output "price"`. */
export function nameTask(kind: "loss" | "metric", name: string, { name: output }: Port): string {
  return `compute ${kind} ${describeValue(name)} of output "${output}"`;
}
