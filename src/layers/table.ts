import { ActivationLayer, type ActivationLayerOptions } from "./activation.ts";
import { add } from "./add.ts";
import { average } from "./average.ts";
import { BatchNormalization, type BatchNormalizationOptions } from "./batch_normalization.ts";
import { Dense, type DenseOptions } from "./dense.ts";
import { dropout } from "./dropout.ts";
import { elu } from "./elu.ts";
import { flatten } from "./flatten.ts";
import { GroupNormalization, type GroupNormalizationOptions } from "./group_normalization.ts";
import { inputLayer } from "./input_layer.ts";
import type { Layer } from "./layer.ts";
import { LayerNormalization, type LayerNormalizationOptions } from "./layer_normalization.ts";
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
import { rmsNormalization } from "./rms_normalization.ts";
import { softmax } from "./softmax.ts";
import { subtract } from "./subtract.ts";
import { unitNormalization } from "./unit_normalization.ts";

/** Every layer, by its type, as a saved model names it; `parts` makes what the layer consists of. */
export const layerTable = {
  activation: (options: ActivationLayerOptions, parts?: PartResolver) => new ActivationLayer(options, parts),
  add,
  average,
  batch_normalization: (options?: BatchNormalizationOptions, parts?: PartResolver) =>
    new BatchNormalization(options, parts),
  dense: (options: DenseOptions, parts?: PartResolver) => new Dense(options, parts),
  dropout,
  elu,
  flatten,
  group_normalization: (options?: GroupNormalizationOptions, parts?: PartResolver) =>
    new GroupNormalization(options, parts),
  input_layer: inputLayer,
  layer_normalization: (options?: LayerNormalizationOptions, parts?: PartResolver) =>
    new LayerNormalization(options, parts),
  leaky_relu: leakyReLU,
  maximum,
  minimum,
  multiply,
  normalization,
  prelu: (options?: PReluOptions, parts?: PartResolver) => new PRelu(options, parts),
  relu: reLU,
  rescaling,
  reshape,
  rms_normalization: rmsNormalization,
  softmax,
  subtract,
  unit_normalization: unitNormalization,
} satisfies Record<string, (options: never, parts?: PartResolver) => Layer>;

/** The type of a layer. */
export type LayerType = keyof typeof layerTable;
