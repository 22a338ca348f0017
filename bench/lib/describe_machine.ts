/** What the figures of a benchmark depend on. */
export interface Machine {
  /** The processor's name. */
  cpu: string;
  /** Which one of that name it is: a virtual machine often shows the name of a whole family. Runs of before 2026-11-26 have none. */
  model?: string;
  cores: number;
  memoryGiB: number;
  system: string;
  deno: string;
  v8: string;
}

/** Describes the machine and the runtime; what cannot be read is "unknown". */
export function describeMachine(): Machine {
  const find = (path: string, pattern: RegExp): string => readText(path).match(pattern)?.[1].trim() ?? "unknown";
  const kibibytes = Number(find("/proc/meminfo", /^MemTotal:\s*(\d+) kB/m));
  const number = (name: string): string => find("/proc/cpuinfo", new RegExp(`^${name}\\s*:\\s*(\\d+)$`, "m"));
  return {
    cpu: find("/proc/cpuinfo", /^model name\s*:\s*(.*)$/m),
    model: `family ${number("cpu family")}, model ${number("model")}, stepping ${number("stepping")}`,
    cores: navigator.hardwareConcurrency,
    memoryGiB: Number.isNaN(kibibytes) ? 0 : Math.round(kibibytes / 2 ** 20),
    system: find("/etc/os-release", /^PRETTY_NAME="?([^"\n]*)/m),
    deno: Deno.version.deno,
    v8: Deno.version.v8,
  };
}

function readText(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    return "";
  }
}
