/** The numbers of threads that are tried where at most `most` pay: one, half, all but one (another process may want a core), all. */
export function listThreadCounts(most: number): number[] {
  const counts = [1, Math.ceil(most / 2), most - 1, most];
  return [...new Set(counts)].filter((count) => count >= 1).sort((a, b) => a - b);
}
