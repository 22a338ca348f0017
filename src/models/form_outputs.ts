import type { Signature } from "../data/signature.ts";
import { setEntry } from "../errors/set_entry.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** What a model predicts, in the form in which its outputs were given: a tensor, a list, or a record by name. */
export type Predictions = Tensor | readonly Tensor[] | { readonly [name: string]: Tensor };

/** Outputs in the form in which the model's were given. */
export function formOutputs(outputs: readonly Tensor[], signature: Signature): Predictions {
  const { outputs: ports, outputForm } = signature;
  if (outputForm === "one") return outputs[0];
  if (outputForm === "list") return outputs;
  const record: Record<string, Tensor> = {};
  ports.forEach(({ name }, i) => setEntry(record, name, outputs[i]));
  return record;
}
