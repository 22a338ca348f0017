/**
 * The layers, as `layers.dense({ … })`.
 *
 * @module
 */
export { activation, type ActivationLayerOptions } from "./activation.ts";
export { activityRegularization, type ActivityRegularizationOptions } from "./activity_regularization.ts";
export { add } from "./add.ts";
export { alphaDropout, type AlphaDropoutOptions } from "./alpha_dropout.ts";
export { average } from "./average.ts";
export { batchNormalization, type BatchNormalizationOptions } from "./batch_normalization.ts";
export { centerCrop, type CenterCropOptions } from "./center_crop.ts";
export { concatenate, type ConcatenateOptions } from "./concatenate.ts";
export { cropping1d, type Cropping1dOptions } from "./cropping1d.ts";
export { cropping2d, type Cropping2dOptions } from "./cropping2d.ts";
export { dense, type DenseOptions } from "./dense.ts";
export { dot, type DotOptions } from "./dot.ts";
export { dropout, type DropoutOptions } from "./dropout.ts";
export { elu, type EluLayerOptions } from "./elu.ts";
export { flatten } from "./flatten.ts";
export { gaussianDropout, type GaussianDropoutOptions } from "./gaussian_dropout.ts";
export { gaussianNoise, type GaussianNoiseOptions } from "./gaussian_noise.ts";
export { groupNormalization, type GroupNormalizationOptions } from "./group_normalization.ts";
export { inputLayer, type InputLayerOptions } from "./input_layer.ts";
export { lambda, type LambdaFunction, type LambdaOptions } from "./lambda.ts";
export { layerNormalization, type LayerNormalizationOptions } from "./layer_normalization.ts";
export { leakyReLU, type LeakyReLULayerOptions } from "./leaky_re_lu.ts";
export { masking, type MaskingOptions } from "./masking.ts";
export { maximum } from "./maximum.ts";
export { minimum } from "./minimum.ts";
export { multiply } from "./multiply.ts";
export { type AdaptOptions, type FeatureBatch, normalization, type NormalizationOptions } from "./normalization.ts";
export { permute, type PermuteOptions } from "./permute.ts";
export { prelu, type PReluOptions } from "./prelu.ts";
export { reLU, type ReLULayerOptions } from "./re_lu.ts";
export { repeatVector, type RepeatVectorOptions } from "./repeat_vector.ts";
export { rescaling, type RescalingOptions } from "./rescaling.ts";
export { reshape, type ReshapeOptions } from "./reshape.ts";
export { resizing, type ResizingOptions } from "./resizing.ts";
export { rmsNormalization, type RMSNormalizationOptions } from "./rms_normalization.ts";
export { softmax, type SoftmaxLayerOptions } from "./softmax.ts";
export { spatialDropout1d } from "./spatial_dropout1d.ts";
export { spatialDropout2d } from "./spatial_dropout2d.ts";
export { subtract } from "./subtract.ts";
export { unitNormalization, type UnitNormalizationOptions } from "./unit_normalization.ts";
export { upSampling1d, type UpSampling1dOptions } from "./up_sampling1d.ts";
export { upSampling2d, type UpSampling2dOptions } from "./up_sampling2d.ts";
export { zeroPadding1d, type ZeroPadding1dOptions } from "./zero_padding1d.ts";
export { zeroPadding2d, type ZeroPadding2dOptions } from "./zero_padding2d.ts";

export type { DataFormat } from "./data_format.ts";
export type { ElementDropoutOptions } from "./element_dropout.ts";
export type { GammaBetaOptions } from "./gamma_beta.ts";
export { Layer, type LayerOptions } from "./layer.ts";
export type { CallOptions, LayerNode, LayerOutput } from "./layer_output.ts";
export type { NoiseShape } from "./noise_shape.ts";
export type { ResizeInterpolation } from "./resize_images.ts";
export type { SpatialDropout2dOptions, SpatialDropoutOptions } from "./spatial_dropout.ts";
export type { Tracing } from "./tracing.ts";
export type { Axes } from "./trailing_axes.ts";
export type { WeightSpec } from "./weight_spec.ts";
