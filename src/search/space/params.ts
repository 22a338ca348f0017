/** The value of one parameter of a trial. */
export type ParamValue = number | string | boolean | null;

/** The values of a trial's parameters, by name; a parameter whose condition does not hold is left out. */
export type Params = Readonly<Record<string, ParamValue>>;
