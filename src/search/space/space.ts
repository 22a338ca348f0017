import type { Axis } from "./axis.ts";
import type {
  Choice,
  Condition,
  Conditional,
  Constant,
  Dimension,
  IntegerRange,
  LogUniformRange,
  PlainDimension,
  UniformRange,
} from "./dimension.ts";
import type { Params, ParamValue } from "./params.ts";

/** What a search tries: by name a dimension, an array of values (a choice) or a single value (a constant). */
export type Space = Readonly<Record<string, Dimension | readonly ParamValue[] | ParamValue>>;

/** A type of value, widened from literals, so that a constant 4 is a number. */
export type Widen<V> = V extends number ? number : V extends string ? string : V extends boolean ? boolean : V;

/** The values that a dimension gives, as a type. */
export type ValueOf<D> = D extends ParamValue ? Widen<D>
  : D extends readonly (infer V)[] ? V
  : D extends IntegerRange | UniformRange | LogUniformRange ? number
  : D extends Choice<infer V> ? V
  : D extends Constant<infer V> ? Widen<V>
  : D extends Conditional<infer E> ? ValueOf<E>
  : never;

/** The params that a space gives, as a type: what `build` receives. Conditional parameters may be missing. */
export type ParamsOf<S extends Space> =
  & { readonly [K in keyof S as S[K] extends Conditional ? never : K]: ValueOf<S[K]> }
  & { readonly [K in keyof S as S[K] extends Conditional ? K : never]?: ValueOf<S[K]> };

/**
 * What must not be tried: values (or lists of values) by name that must not come together, or a function of the params that
 * says true where they are forbidden.
 */
export type Forbidden = Condition | ((params: Params) => boolean);

/** One parameter of a resolved space. */
export interface Parameter {
  /** The name of the parameter. */
  readonly name: string;
  /** What the parameter may be where it exists. */
  readonly dimension: PlainDimension;
  /** The dimension laid out for samplers. */
  readonly axis: Axis;
  /** The condition under which it exists; always, if left out. */
  readonly when?: Condition;
}

/** A space that has been checked. It holds functions: it stays on the calling thread. */
export interface ResolvedSpace {
  /** The parameters, in an order in which those that a condition names come before the parameter that has it. */
  readonly parameters: readonly Parameter[];
  /** The names in the order in which the user wrote them, which is that of the params. */
  readonly names: readonly string[];
  /** What must not be tried. */
  readonly forbidden: readonly Forbidden[];
}
