/**
 * What a part of a running fit gives away to be kept in a backup, and takes back: what JSON can hold (NaN, the infinities and −0
 * included), and Float32Array and Float64Array for many numbers.
 */
export type StateValue =
  | null
  | boolean
  | number
  | string
  | Float32Array
  | Float64Array
  | readonly StateValue[]
  | { readonly [key: string]: StateValue };
