/** What the figures of a benchmark depend on. */
export interface Machine {
  /** The processor's name. */
  cpu: string;
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
  return {
    cpu: find("/proc/cpuinfo", /^model name\s*:\s*(.*)$/m),
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
