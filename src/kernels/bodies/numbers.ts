/** The numbers that a kernel's body works on: those of the reference, or a model's memory. */
export type Numbers = Float32Array | Float64Array;
