/** An option that is a number. */
export interface NumberField {
  readonly kind: "number";
  readonly min: number;
  readonly max: number;
  /** The default; null where the option is off. */
  readonly initial: number | null;
  readonly isInteger?: boolean;
  /** Whether null is allowed: off. */
  readonly isOptional?: boolean;
  /** Whether a slider for it has a logarithmic scale. */
  readonly isLogarithmic?: boolean;
  /** Whether `min` itself is not allowed. */
  readonly isAbove?: boolean;
  /** Whether `max` itself is not allowed. */
  readonly isBelow?: boolean;
}

/** An option that is on or off. */
export interface BooleanField {
  readonly kind: "boolean";
  readonly initial: boolean;
}

/** An option that is one of some names. */
export interface ChoiceField {
  readonly kind: "choice";
  readonly choices: readonly string[];
  readonly initial: string;
}

/** What an option may be: the validator, the page's form and the exported script all read it. */
export type Field = NumberField | BooleanField | ChoiceField;

/** The options of something, by their names. */
export type Fields = Readonly<Record<string, Field>>;

/** Limits of a number that stand apart from its bounds. */
type Limits = Omit<NumberField, "kind" | "min" | "max" | "initial">;

/** A number from `min` to `max`. */
export function number(initial: number | null, min: number, max: number, limits: Limits = {}): NumberField {
  return { kind: "number", min, max, initial, ...limits };
}

/** An integer from `min` to `max`. */
export function integer(initial: number | null, min: number, max: number, limits: Limits = {}): NumberField {
  return number(initial, min, max, { isInteger: true, ...limits });
}

/** On or off. */
export function toggle(initial: boolean): BooleanField {
  return { kind: "boolean", initial };
}

/** One of some names. */
export function choice(initial: string, choices: readonly string[]): ChoiceField {
  return { kind: "choice", choices, initial };
}
