/** The median and the least of some samples. */
export interface Summary {
  median: number;
  min: number;
  count: number;
}

/** Summarizes samples: the median (the upper one of an even number), the least, and how many there are. */
export function summarize(samples: readonly number[]): Summary {
  if (samples.length === 0) throw new RangeError("Cannot summarize samples: at least one is needed, got none");
  const sorted = [...samples].sort((a, b) => a - b);
  return { median: sorted[sorted.length >> 1], min: sorted[0], count: sorted.length };
}
