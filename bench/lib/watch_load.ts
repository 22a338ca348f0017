/**
 * Watches how many cores others keep busy, while this process runs others to their end.
 *
 * @returns a function that gives the mean since the beginning: all cores' busy time less that of this process and of its children that
 * have ended; NaN where /proc is missing
 */
export function watchLoad(): () => number {
  const start = performance.now();
  const before = readOtherSeconds();
  return () => Math.max(0, readOtherSeconds() - before) / ((performance.now() - start) / 1000);
}

/** Seconds that all cores have worked for others. The files count hundredths. */
function readOtherSeconds(): number {
  try {
    const all = numbersOf(Deno.readTextFileSync("/proc/stat").split("\n", 1)[0].replace("cpu", ""));
    // user, nice, system, irq, softirq, steal; then of this process: utime, stime, cutime, cstime
    const busy = sum(all, [0, 1, 2, 5, 6, 7]);
    const own = sum(numbersOf(Deno.readTextFileSync("/proc/self/stat").split(") ")[1]), [11, 12, 13, 14]);
    return (busy - own) / 100;
  } catch {
    return NaN;
  }
}

function numbersOf(text: string): number[] {
  return text.trim().split(/\s+/).map(Number);
}

function sum(values: readonly number[], indices: readonly number[]): number {
  return indices.reduce((total, i) => total + values[i], 0);
}
