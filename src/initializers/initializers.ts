/**
 * What parameters start from: `initializers.heNormal({ seed: 1 })`. Names and defaults are Keras 3's.
 *
 * @module
 */
export { zeros } from "./zeros.ts";
export { ones } from "./ones.ts";
export { constant, type ConstantOptions } from "./constant.ts";
export { identity, type IdentityOptions } from "./identity.ts";
export { randomNormal, type RandomNormalOptions } from "./random_normal.ts";
export { truncatedNormal, type TruncatedNormalOptions } from "./truncated_normal.ts";
export { randomUniform, type RandomUniformOptions } from "./random_uniform.ts";
export { varianceScaling, type VarianceScalingOptions } from "./variance_scaling.ts";
export { glorotUniform } from "./glorot_uniform.ts";
export { glorotNormal } from "./glorot_normal.ts";
export { heUniform } from "./he_uniform.ts";
export { heNormal } from "./he_normal.ts";
export { lecunUniform } from "./lecun_uniform.ts";
export { lecunNormal } from "./lecun_normal.ts";
export { orthogonal, type OrthogonalOptions } from "./orthogonal.ts";

export type { Initializer, SeedOptions } from "./initializer.ts";
export type { FanMode, ScaledDistribution } from "./draw_scaled.ts";
