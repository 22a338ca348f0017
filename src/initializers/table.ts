import { constant } from "./constant.ts";
import { glorotNormal } from "./glorot_normal.ts";
import { glorotUniform } from "./glorot_uniform.ts";
import { heNormal } from "./he_normal.ts";
import { heUniform } from "./he_uniform.ts";
import { identity } from "./identity.ts";
import type { Initializer } from "./initializer.ts";
import { lecunNormal } from "./lecun_normal.ts";
import { lecunUniform } from "./lecun_uniform.ts";
import { ones } from "./ones.ts";
import { orthogonal } from "./orthogonal.ts";
import { randomNormal } from "./random_normal.ts";
import { randomUniform } from "./random_uniform.ts";
import { truncatedNormal } from "./truncated_normal.ts";
import { varianceScaling } from "./variance_scaling.ts";
import { zeros } from "./zeros.ts";

/** The names of the initializers. */
export type InitializerName =
  | "zeros"
  | "ones"
  | "constant"
  | "identity"
  | "random_normal"
  | "truncated_normal"
  | "random_uniform"
  | "variance_scaling"
  | "glorot_uniform"
  | "glorot_normal"
  | "he_uniform"
  | "he_normal"
  | "lecun_uniform"
  | "lecun_normal"
  | "orthogonal";

/** The initializers by name: each makes an initializer from its options. */
export const INITIALIZERS: Readonly<Record<InitializerName, (options?: Record<string, never>) => Initializer>> = {
  zeros,
  ones,
  constant,
  identity,
  random_normal: randomNormal,
  truncated_normal: truncatedNormal,
  random_uniform: randomUniform,
  variance_scaling: varianceScaling,
  glorot_uniform: glorotUniform,
  glorot_normal: glorotNormal,
  he_uniform: heUniform,
  he_normal: heNormal,
  lecun_uniform: lecunUniform,
  lecun_normal: lecunNormal,
  orthogonal,
};
