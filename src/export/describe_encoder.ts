import type { CompiledEncoder } from "../files/compiled_format.ts";
import type { NamedTensor } from "../files/named_tensor.ts";
import { HostLayer } from "../layers/host_layer.ts";
import type { LayerGraph } from "../layers/layer_graph.ts";
import type { RawTensor } from "../tensor/raw_tensor.ts";
import type { Shape } from "../tensor/shape.ts";
import { createEncoder, type EncoderSettings } from "../text/encoder.ts";
import { joinTokens } from "../text/join_tokens.ts";

/** How a model's strings become numbers, for its compiled form. */
export interface DescribedEncoder {
  readonly description: CompiledEncoder & EncoderSettings;
  readonly tensors: readonly NamedTensor[];
  /** The numbers of samples, as the compiled model makes them. */
  encode(x: RawTensor): Float32Array;
}

/**
 * What makes numbers of the values of a model's only input; null where they are numbers.
 *
 * @param shape the shape of the numbers of one sample: in it texts have a length, and so have the samples that become as many indices
 */
export function describeEncoder(
  { inputs: [input], feeds: [{ encoder }] }: LayerGraph,
  shape: Shape,
): DescribedEncoder | null {
  if (!(encoder instanceof HostLayer) || input.dtype === "float32") return null;
  const given = encoder.encoderSettings;
  const isText = given.tokenizer !== null;
  const settings: EncoderSettings = {
    ...given,
    dtype: input.dtype,
    length: isText && given.outputMode === "int" ? shape[0] : null,
  };
  // Axes of a sample stand first in its numbers; one vector takes the place of the last one, which may then have any length.
  const isVector = isText || given.outputMode !== "int" && given.outputMode !== "one_hot";
  const sample = input.sampleShape.map((length, axis) => {
    return length ?? (isVector && axis === input.sampleShape.length - 1 ? null : shape[axis]);
  });
  const { vocabulary } = encoder;
  const bytes = vocabulary === null ? null : joinTokens(vocabulary.vocabulary);
  const tensors: NamedTensor[] = [];
  if (bytes !== null) tensors.push({ name: "vocabulary", dtype: "I8", shape: [bytes.length], data: bytes });
  const weights = vocabulary?.idfWeights ?? null;
  if (weights !== null) tensors.push({ name: "idf_weights", dtype: "F32", shape: [weights.length], data: weights });
  const found = createEncoder(settings, vocabulary);
  return { description: { ...settings, shape: sample }, tensors, encode: (x) => found.encode(x).data };
}
