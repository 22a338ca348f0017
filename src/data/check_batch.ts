import { describeValue } from "../errors/describe_value.ts";
import type { StreamBatch } from "./data_input.ts";
import { hintAtNames } from "./hint_at_names.ts";

/** Checks that a stream gave a batch. */
export function checkBatch(batch: unknown): StreamBatch {
  if (typeof batch === "object" && batch !== null && "x" in batch && "y" in batch) return batch as StreamBatch;
  throw new TypeError(
    `Cannot use the data: a stream must give batches { x, y, sampleWeight? }, got ${describeValue(batch)}${
      hintAtNames(batch)
    }`,
  );
}
