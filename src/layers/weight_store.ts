/** Where the weights of a layer live. */
export interface WeightStore {
  /** Sets a weight. @throws {TypeError} If the number of values is another one. */
  write(layer: object, weight: string, values: readonly number[]): void;
  /** Forgets the weights of a layer that is built no more. */
  forget(layer: object): void;
}
