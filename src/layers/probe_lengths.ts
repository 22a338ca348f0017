/**
 * Two lengths to take for those that are unknown: what differs between them depends on the length. The first pair is as good as any for most
 * layers; the others are for those that want long sequences, multiples of something, or short ones.
 */
const PROBES = [[60, 120], [2520, 5040], [15360, 30720], [27720, 55440], [12, 24], [2, 3]] as const;

/**
 * Traces something for two lengths in the place of those that are unknown, and compares the results; once, where all are known.
 *
 * @throws the first error, with the length that it is about
 */
export function probeLengths<T, Found>(
  isOpen: boolean,
  trace: (length: number) => T,
  compare: (one: T, other: T) => Found,
): Found {
  if (!isOpen) {
    const found = trace(0);
    return compare(found, found);
  }
  let failure: unknown;
  for (const [one, other] of PROBES) {
    let length: number = one;
    let found: readonly [T, T];
    try {
      const first = trace(one);
      length = other;
      found = [first, trace(other)];
    } catch (cause) {
      failure ??= explain(cause, length);
      continue;
    }
    return compare(...found);
  }
  throw failure;
}

function explain(cause: unknown, length: number): unknown {
  if (!(cause instanceof TypeError || cause instanceof RangeError)) return cause;
  const message = `${cause.message}, where ${length} stands for every length that is unknown`;
  return cause instanceof TypeError ? new TypeError(message, { cause }) : new RangeError(message, { cause });
}
