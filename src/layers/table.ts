import { activation } from "./activation.ts";
import { dense } from "./dense.ts";
import { dropout } from "./dropout.ts";
import { elu } from "./elu.ts";
import { flatten } from "./flatten.ts";
import { inputLayer } from "./input_layer.ts";
import type { Layer } from "./layer.ts";
import { leakyReLU } from "./leaky_re_lu.ts";
import { normalization } from "./normalization.ts";
import { prelu } from "./prelu.ts";
import { reLU } from "./re_lu.ts";
import { rescaling } from "./rescaling.ts";
import { reshape } from "./reshape.ts";
import { softmax } from "./softmax.ts";

/** Every layer, by its type: what a saved model names. */
export const layerTable = {
  activation,
  dense,
  dropout,
  elu,
  flatten,
  input_layer: inputLayer,
  leaky_relu: leakyReLU,
  normalization,
  prelu,
  relu: reLU,
  rescaling,
  reshape,
  softmax,
} satisfies Record<string, (options: never) => Layer>;

/** The type of a layer. */
export type LayerType = keyof typeof layerTable;
