import type { Report } from "./print_report.ts";
import { timeProcess } from "./time_process.ts";
import { watchLoad } from "./watch_load.ts";

/** The benchmarks, in the order of their runs. */
export const BENCHMARKS: readonly string[] = [
  "xor",
  "cold",
  "mlp",
  "team",
  "matmul",
  "elementwise",
  "norms",
  "pool",
  "depthwise",
  "conv",
  "cnn",
  "memory",
  "watch",
  "images",
  "edge",
  "edge_cold",
  "serve",
  "grid",
  "disturbed",
];

/**
 * Runs benchmarks, each in a process of its own, and prints what they print. A benchmark that fails is reported and left out.
 *
 * @param loads is told how busy others kept the machine during each
 */
export async function runBenchmarks(
  names: readonly string[],
  loads: Record<string, number>,
): Promise<{ reports: Record<string, Report>; failed: string[] }> {
  const reports: Record<string, Report> = {};
  const failed: string[] = [];
  for (const name of names) {
    console.log(`\n== bench/${name}.ts`);
    const readLoad = watchLoad();
    try {
      const { stdout } = await timeProcess([Deno.execPath(), "run", "--no-prompt", "-A", `bench/${name}.ts`]);
      const lines = stdout.trimEnd().split("\n");
      reports[name] = JSON.parse(lines.pop()!) as Report;
      loads[`bench ${name}`] = readLoad();
      console.log(lines.join("\n").trimEnd());
    } catch (error) {
      failed.push(name);
      console.log(`FAILED: ${error instanceof Error ? error.message : error}`);
    }
  }
  return { reports, failed };
}
