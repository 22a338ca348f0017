import type { Internals } from "../../models/internals.ts";

/** Nothing is said of what takes less, and again after as long. */
const PATIENCE_MS = 1000;

/** Says how far a long task is: `compare rates: 12/25`, in a terminal in one line. @param verbose 0: nothing */
export function createTicker(
  { openProgressSink }: Internals,
  what: string,
  total: number,
  verbose: 0 | 1,
): { done(count: number): void } {
  const sink = openProgressSink();
  let last = performance.now();
  let isOpen = false;
  return {
    done(count) {
      if (verbose === 0) return;
      const isEnd = count >= total;
      if (isEnd ? !isOpen : performance.now() - last < PATIENCE_MS) return;
      last = performance.now();
      isOpen = true;
      sink.write(`${sink.isTerminal ? "\r" : ""}${what}: ${count}/${total}${sink.isTerminal && !isEnd ? "" : "\n"}`);
    },
  };
}
