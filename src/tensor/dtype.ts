/**
 * What the values of an input are: numbers that a program computes with; or integers of more digits than float32 has, and strings, which a
 * layer makes numbers of before that.
 */
export type Dtype = "float32" | "int64" | "string";

/** The kinds of values, for checks. */
export const DTYPES: readonly Dtype[] = ["float32", "int64", "string"];
