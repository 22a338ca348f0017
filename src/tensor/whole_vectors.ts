/** So many elements, and those up to the end of their last vector of 4: variables, gradients and state begin on whole vectors. */
export function wholeVectors(elements: number): number {
  return Math.ceil(elements / 4) * 4;
}
