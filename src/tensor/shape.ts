/** The shape of a tensor: the length of each axis, outermost first. `[]` is a single number, `[4, 2]` four rows of two. */
export type Shape = readonly number[];
