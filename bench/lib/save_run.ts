import { writeReport } from "../write_report.ts";
import { describeMachine } from "./describe_machine.ts";
import { measureLoad } from "./measure_load.ts";
import type { Report } from "./print_report.ts";
import { type PeerResults, readResults, type RunConditions, writeResults } from "./results.ts";

/** Describes where a run happens. To be called before it. */
export async function startRun(): Promise<RunConditions> {
  const date = new Date().toISOString().slice(0, 10);
  return { date, machine: describeMachine(), load: await measureLoad() };
}

/** Puts what was measured among the results, and writes BENCHMARKS.md anew. */
export async function saveRun(
  conditions: RunConditions,
  reports: Record<string, Report>,
  peers: PeerResults | null,
): Promise<void> {
  const old = await readResults();
  const results = {
    conditions,
    reports: { ...old?.reports, ...reports },
    peers: {
      versions: { ...old?.peers.versions, ...peers?.versions },
      missing: peers?.missing ?? old?.peers.missing ?? {},
      workloads: { ...old?.peers.workloads, ...peers?.workloads },
    },
  };
  await writeResults(results);
  await writeReport(results);
}
