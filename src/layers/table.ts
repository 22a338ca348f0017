import { ActivationLayer, type ActivationLayerOptions } from "./activation.ts";
import { add } from "./add.ts";
import { alphaDropout } from "./alpha_dropout.ts";
import { average } from "./average.ts";
import { activityRegularization } from "./activity_regularization.ts";
import { BatchNormalization, type BatchNormalizationOptions } from "./batch_normalization.ts";
import { concatenate } from "./concatenate.ts";
import { cropping1d } from "./cropping1d.ts";
import { cropping2d } from "./cropping2d.ts";
import { Dense, type DenseOptions } from "./dense.ts";
import { dot } from "./dot.ts";
import { dropout } from "./dropout.ts";
import { elu } from "./elu.ts";
import { flatten } from "./flatten.ts";
import { gaussianDropout } from "./gaussian_dropout.ts";
import { gaussianNoise } from "./gaussian_noise.ts";
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
import { permute } from "./permute.ts";
import { PRelu, type PReluOptions } from "./prelu.ts";
import { reLU } from "./re_lu.ts";
import { repeatVector } from "./repeat_vector.ts";
import { rescaling } from "./rescaling.ts";
import { reshape } from "./reshape.ts";
import { rmsNormalization } from "./rms_normalization.ts";
import { softmax } from "./softmax.ts";
import { spatialDropout1d } from "./spatial_dropout1d.ts";
import { spatialDropout2d } from "./spatial_dropout2d.ts";
import { subtract } from "./subtract.ts";
import { unitNormalization } from "./unit_normalization.ts";
import { upSampling1d } from "./up_sampling1d.ts";
import { upSampling2d } from "./up_sampling2d.ts";
import { zeroPadding1d } from "./zero_padding1d.ts";
import { zeroPadding2d } from "./zero_padding2d.ts";

/** Every layer, by its type, as a saved model names it; `parts` makes what the layer consists of. */
export const layerTable = {
  activation: (options: ActivationLayerOptions, parts?: PartResolver) => new ActivationLayer(options, parts),
  activity_regularization: activityRegularization,
  add,
  alpha_dropout: alphaDropout,
  average,
  batch_normalization: (options?: BatchNormalizationOptions, parts?: PartResolver) =>
    new BatchNormalization(options, parts),
  concatenate,
  cropping1d,
  cropping2d,
  dense: (options: DenseOptions, parts?: PartResolver) => new Dense(options, parts),
  dot,
  dropout,
  elu,
  flatten,
  gaussian_dropout: gaussianDropout,
  gaussian_noise: gaussianNoise,
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
  permute,
  prelu: (options?: PReluOptions, parts?: PartResolver) => new PRelu(options, parts),
  relu: reLU,
  repeat_vector: repeatVector,
  rescaling,
  reshape,
  rms_normalization: rmsNormalization,
  softmax,
  spatial_dropout1d: spatialDropout1d,
  spatial_dropout2d: spatialDropout2d,
  subtract,
  unit_normalization: unitNormalization,
  up_sampling1d: upSampling1d,
  up_sampling2d: upSampling2d,
  zero_padding1d: zeroPadding1d,
  zero_padding2d: zeroPadding2d,
} satisfies Record<string, (options: never, parts?: PartResolver) => Layer>;

/** The type of a layer. */
export type LayerType = keyof typeof layerTable;
