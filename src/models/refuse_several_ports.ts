import type { Signature } from "../data/signature.ts";

/**
 * Refuses a model with several inputs or outputs, or whose input is no numbers, for what takes one of each.
 *
 * @param what what is being done, as a verb phrase
 * @param takesRaw whether inputs of strings and large integers are taken, which one layer makes numbers of
 * @throws {TypeError} `Cannot compile model: it must have one input and one output, got 2 inputs (left, right) and 1 output (label)…`
 */
export function refuseSeveralPorts(
  what: string,
  { inputs, outputs }: Signature,
  { takesRaw = false }: { readonly takesRaw?: boolean } = {},
): void {
  const raw = inputs.find((port) => port.raw !== undefined);
  if (raw !== undefined && !takesRaw) {
    throw new TypeError(
      `Cannot ${what}: its input must be numbers, got "${raw.name}" of dtype "${
        raw.raw!.dtype
      }"; make a model that begins behind the layer ` +
        "that makes numbers of it, and use that layer's transform",
    );
  }
  const feeds = raw?.raw?.feeds.length ?? 1;
  if (inputs.length === 1 && outputs.length === 1 && feeds === 1) return;
  if (feeds > 1) {
    throw new TypeError(`Cannot ${what}: one layer must make numbers of input "${raw!.name}", got ${feeds} that do`);
  }
  const count = (kind: string, ports: readonly { readonly name: string }[]): string =>
    `${ports.length} ${kind}${ports.length === 1 ? "" : "s"} (${ports.map(({ name }) => name).join(", ")})`;
  const hint = inputs.length === 1 ? "; make a model of one: model({ inputs, outputs: model.outputs[0] })" : "";
  throw new TypeError(
    `Cannot ${what}: it must have one input and one output, got ${count("input", inputs)} and ${
      count("output", outputs)
    }${hint}`,
  );
}
