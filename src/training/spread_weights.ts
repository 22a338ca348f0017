/** Weights of samples as weights of rows: each once for every row of its sample. */
export function spreadWeights(sampleWeight: Float32Array | null, rows: number): Float32Array | null {
  if (sampleWeight === null || sampleWeight.length === rows) return sampleWeight;
  const per = rows / sampleWeight.length;
  const spread = new Float32Array(rows);
  for (let i = 0; i < sampleWeight.length; i++) spread.fill(sampleWeight[i], i * per, (i + 1) * per);
  return spread;
}
