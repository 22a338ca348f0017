import { adadelta } from "./adadelta.ts";
import { adagrad } from "./adagrad.ts";
import { adam } from "./adam.ts";
import { adamax } from "./adamax.ts";
import { adamw } from "./adamw.ts";
import { lamb } from "./lamb.ts";
import { lion } from "./lion.ts";
import { nadam } from "./nadam.ts";
import type { Optimizer } from "./optimizer.ts";
import { rmsprop } from "./rmsprop.ts";
import { sgd } from "./sgd.ts";

/** The names of the optimizers. */
export type OptimizerName =
  | "sgd"
  | "rmsprop"
  | "adam"
  | "adamw"
  | "adamax"
  | "nadam"
  | "adagrad"
  | "adadelta"
  | "lion"
  | "lamb";

/** The optimizers by name: each makes an optimizer from its options, which it checks. */
export const OPTIMIZERS: Readonly<Record<OptimizerName, (options?: Record<string, never>) => Optimizer>> = {
  sgd,
  rmsprop,
  adam,
  adamw,
  adamax,
  nadam,
  adagrad,
  adadelta,
  lion,
  lamb,
};
