import type { DataInputs, SampleInputs, SampleWeights } from "../../data/data_input.ts";
import type { AnyModel } from "../trace/internals_of.ts";

/** What was explained. */
export interface Explained {
  readonly model: AnyModel;
  readonly x: SampleInputs;
  readonly y: DataInputs;
  readonly sample: number;
  readonly sampleWeight: SampleWeights | undefined;
}
