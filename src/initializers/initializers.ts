/**
 * What parameters start from: `initializers.heNormal({ seed: 1 })`. Names and defaults are Keras 3's.
 *
 * @module
 */
export { constant, type ConstantOptions } from "./constant.ts";
export { glorotNormal } from "./glorot_normal.ts";
export { glorotUniform } from "./glorot_uniform.ts";
export { heNormal } from "./he_normal.ts";
export { heUniform } from "./he_uniform.ts";
export { identity, type IdentityOptions } from "./identity.ts";
export type { Initializer, SeedOptions } from "./initializer.ts";
export { lecunNormal } from "./lecun_normal.ts";
export { lecunUniform } from "./lecun_uniform.ts";
export { ones } from "./ones.ts";
export { orthogonal, type OrthogonalOptions } from "./orthogonal.ts";
export { randomNormal, type RandomNormalOptions } from "./random_normal.ts";
export { randomUniform, type RandomUniformOptions } from "./random_uniform.ts";
export { truncatedNormal, type TruncatedNormalOptions } from "./truncated_normal.ts";
export { varianceScaling, type VarianceScalingOptions } from "./variance_scaling.ts";
export type { FanMode, ScaledDistribution } from "./draw_scaled.ts";
export { zeros } from "./zeros.ts";
