/** A derivative rule that throws: for backward passes, which are not differentiated again. */
export function noSecondDerivative(op: string): () => never {
  return () => {
    throw new Error(`${op} has no second derivative`);
  };
}
