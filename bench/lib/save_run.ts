import { writeReport } from "../write_report.ts";
import { describeMachine } from "./describe_machine.ts";
import type { Report } from "./print_report.ts";
import { type PeerResults, readResults, type RunConditions, writeResults } from "./results.ts";

/** Describes where and when a run happens. */
function describeRun(): RunConditions {
  return { date: new Date().toISOString().slice(0, 10), machine: describeMachine() };
}

/** Puts what was measured among the results, and writes BENCHMARKS.md anew. */
export async function saveRun(
  loads: Record<string, number>,
  reports: Record<string, Report>,
  peers: PeerResults | null,
): Promise<void> {
  const old = await readResults();
  const results = {
    conditions: describeRun(),
    loads: { ...old?.loads, ...loads },
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
