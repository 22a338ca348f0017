/** The camelCase spelling of a snake_case name, as a type: `"he_normal"` → `"heNormal"`. */
export type CamelCase<Name extends string> = Name extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Name;

/** A snake_case name or its camelCase spelling, as a type: what is accepted wherever a name stands for a table's row. */
export type EitherSpelling<Name extends string> = Name | CamelCase<Name>;
