/** A value of a call's options. */
export type CallValue = string | number | boolean | null | Call | readonly (string | number)[];

/**
 * A call of the library as plain data: `{ call: "layers.dense", options: { units: 4 } }`. The engine makes it, and the exported script prints it:
 * so both do the same.
 */
export interface Call {
  readonly call: string;
  readonly options: Readonly<Record<string, CallValue>>;
}

/** Whether a value is a call. */
export function isCall(value: CallValue): value is Call {
  return typeof value === "object" && value !== null && "call" in value;
}
