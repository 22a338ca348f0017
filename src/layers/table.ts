import { ActivationLayer, type ActivationLayerOptions } from "./activation.ts";
import { add } from "./add.ts";
import { average } from "./average.ts";
import { Dense, type DenseOptions } from "./dense.ts";
import { dropout } from "./dropout.ts";
import { elu } from "./elu.ts";
import { flatten } from "./flatten.ts";
import { inputLayer } from "./input_layer.ts";
import type { Layer } from "./layer.ts";
import { leakyReLU } from "./leaky_re_lu.ts";
import { maximum } from "./maximum.ts";
import { minimum } from "./minimum.ts";
import { multiply } from "./multiply.ts";
import { normalization } from "./normalization.ts";
import type { PartResolver } from "./part_resolver.ts";
import { PRelu, type PReluOptions } from "./prelu.ts";
import { reLU } from "./re_lu.ts";
import { rescaling } from "./rescaling.ts";
import { reshape } from "./reshape.ts";
import { softmax } from "./softmax.ts";
import { subtract } from "./subtract.ts";

/** Every layer, by its type, as a saved model names it; `parts` makes what the layer consists of. */
export const layerTable = {
  activation: (options: ActivationLayerOptions, parts?: PartResolver) => new ActivationLayer(options, parts),
  add,
  average,
  dense: (options: DenseOptions, parts?: PartResolver) => new Dense(options, parts),
  dropout,
  elu,
  flatten,
  input_layer: inputLayer,
  leaky_relu: leakyReLU,
  maximum,
  minimum,
  multiply,
  normalization,
  prelu: (options?: PReluOptions, parts?: PartResolver) => new PRelu(options, parts),
  relu: reLU,
  rescaling,
  reshape,
  softmax,
  subtract,
} satisfies Record<string, (options: never, parts?: PartResolver) => Layer>;

/** The type of a layer. */
export type LayerType = keyof typeof layerTable;
