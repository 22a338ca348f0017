/** Cores that other processes keep busy, measured over a second of sleep; NaN where /proc/stat is missing. */
export async function measureLoad(): Promise<number> {
  const before = readBusySeconds();
  await new Promise((resolve) => setTimeout(resolve, 1000));
  return readBusySeconds() - before;
}

/** Seconds that all cores have been busy: user, nice, system, irq, softirq and steal, in hundredths in the file. */
function readBusySeconds(): number {
  try {
    const fields = Deno.readTextFileSync("/proc/stat").split("\n", 1)[0].trim().split(/\s+/).slice(1).map(Number);
    return [0, 1, 2, 5, 6, 7].reduce((sum, i) => sum + fields[i], 0) / 100;
  } catch {
    return NaN;
  }
}
