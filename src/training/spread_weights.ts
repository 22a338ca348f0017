/** Weights of samples as weights of rows: each once for every row of its sample. */
export function spreadWeights(sampleWeight: Float32Array | null, rows: number): Float32Array | null {
  if (sampleWeight === null || sampleWeight.length === rows) return sampleWeight;
  const per = rows / sampleWeight.length;
  return Float32Array.from({ length: rows }, (_, i) => sampleWeight[Math.floor(i / per)]);
}
