/**
 * Writes the marked sections of BENCHMARKS.md, and of bench/KERNELS.md the tables by kernel, from bench/results.json:
 * `deno run -A bench/write_report.ts`. What stands outside the marks is written by hand and stays.
 *
 * @module
 */
import { formatFigure } from "./lib/format_figure.ts";
import { formatTable, type Table } from "./lib/format_table.ts";
import { readResults, type Results } from "./lib/results.ts";
import { BENCHMARKS } from "./lib/run_benchmarks.ts";
import { timeProcess } from "./lib/time_process.ts";
import { type Target, targets } from "./targets.ts";

/** The tables of these benchmarks, and those with such titles, are about single kernels. */
const KERNEL_BENCHMARKS = ["matmul", "elementwise"];
const KERNEL_TITLES = /^(Where the time goes|From meeting to meeting)/;
/** From this many busy cores on, a figure is preliminary. */
const MAX_LOAD = 0.1;
const JAVASCRIPT = /^(jax-js|tf\.js)/;

/** Renews the sections of BENCHMARKS.md and bench/KERNELS.md. @throws {Error} if a mark is missing */
export async function writeReport(results: Results): Promise<void> {
  const tables = BENCHMARKS.flatMap((name) =>
    (results.reports[name]?.tables ?? []).map((table) => ({
      section: formatSection(table),
      isOfKernels: KERNEL_BENCHMARKS.includes(name) || KERNEL_TITLES.test(table.title),
    }))
  );
  const sectionsOf = (isOfKernels: boolean): string =>
    tables.filter((table) => table.isOfKernels === isOfKernels).map(({ section }) => section).join("\n\n");
  const conditions = describeConditions(results);
  await writeSections("BENCHMARKS.md", {
    conditions,
    targets: tabulateTargets(results),
    short: listMissed(results),
    peers: tabulatePeers(results),
    reports: sectionsOf(false),
  });
  await writeSections("bench/KERNELS.md", { conditions, reports: sectionsOf(true) });
}

/** Puts what is measured between its marks in a file. */
async function writeSections(path: string, sections: Readonly<Record<string, string>>): Promise<void> {
  const file = new URL(`../${path}`, import.meta.url);
  let text = await Deno.readTextFile(file);
  for (const [name, body] of Object.entries(sections)) {
    const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    const from = text.indexOf(begin), to = text.indexOf(end);
    if (from < 0 || to < from) throw new Error(`Cannot write ${path}: it must have ${begin} and then ${end}`);
    text = `${text.slice(0, from + begin.length)}\n\n${body}\n\n${text.slice(to)}`;
  }
  await Deno.writeTextFile(file, text);
  await timeProcess([Deno.execPath(), "fmt", "--quiet", path, "bench/results.json"]); // wraps lines
}

function formatSection(table: Table): string {
  return `### ${table.title}\n\n${formatTable(table)}`;
}

function describeConditions({ conditions: { date, machine }, loads, peers }: Results): string {
  const versions = Object.entries(peers.versions).map(([name, version]) => [name.replace(/ \d$/, ""), version]);
  const missing = Object.entries(peers.missing).map(([name, install]) => `- ${name} is not installed: \`${install}\``);
  const busy = Object.entries(loads).filter(([, load]) => load === null || load > MAX_LOAD);
  return [
    `Measured on ${date}: ${machine.cores} cores of ${machine.cpu} (${
      machine.model ?? "its model was not recorded"
    }), ` +
    `${machine.memoryGiB} GiB, ${machine.system}, ` +
    `Deno ${machine.deno}, V8 ${machine.v8}.`,
    "",
    `Peers: ${[...new Map(versions as [string, string][])].map((pair) => pair.join(" ")).join(", ") || "none"}.`,
    ...(missing.length > 0 ? ["", ...missing] : []),
    ...(busy.length > 0 ? ["", describeLoad(busy)] : []),
  ].join("\n");
}

/** Names what was measured while others worked. */
function describeLoad(busy: [name: string, load: number | null][]): string {
  const list = busy.map(([name, load]) => `${name} ${load?.toFixed(1) ?? "(not recorded)"}`).join(", ");
  return `**Preliminary:** other work kept cores of the machine busy while these were measured, or it was not recorded: ${list}. With a core taken, two ` +
    "threads are slower than one, and figures are up to three times as long.";
}

/** A target, its figure, and whether it is met: undefined if it was not measured. */
function judge(target: Target, results: Results): { value: number | undefined; isMet: boolean | undefined } {
  const figures = Object.assign({}, ...Object.values(results.reports).map((report) => report.figures));
  const value = target.measure((name) => figures[name], results);
  if (value === undefined) return { value, isMet: undefined };
  return { value, isMet: value <= (target.atMost ?? Infinity) && value >= (target.atLeast ?? -Infinity) };
}

function describeBound({ atMost, atLeast }: Target): string {
  return atMost === undefined ? `≥ ${atLeast}` : `≤ ${atMost}`;
}

function tabulateTargets(results: Results): string {
  const rows = targets.map((target) => {
    const { value, isMet } = judge(target, results);
    const met = isMet === undefined ? "not measured" : isMet ? "yes" : "**no**";
    return [
      target.what,
      describeBound(target),
      value === undefined ? "–" : formatFigure(value),
      met,
      ...[false, true].map((isJavaScript) => describeBestPeer(target, results, isJavaScript)),
    ];
  });
  const header = ["what", "asked", "measured", "met", "best native peer, ms", "best JavaScript peer, ms"];
  return formatTable({ title: "", header, rows });
}

/** The fastest peer with no more threads, and its time over ours in the same rounds. */
function describeBestPeer({ workload }: Target, { peers }: Results, isJavaScript: boolean): string {
  if (workload === undefined) return "";
  const [name, threads] = workload;
  const rivals = Object.entries(peers.workloads[name] ?? {}).filter(([peer]) =>
    !peer.startsWith("retroprop") && JAVASCRIPT.test(peer) === isJavaScript && Number(peer.slice(-1)) <= threads
  );
  if (rivals.length === 0) return "–";
  const [peer, { median, ratios }] = rivals.reduce((best, rival) => rival[1].median < best[1].median ? rival : best);
  const ratio = ratios[`retroprop ${threads}`];
  return `${peer}: ${formatFigure(median)}${ratio === undefined ? "" : ` (${formatRatio(ratio, peer, `${threads}`)})`}`;
}

function listMissed(results: Results): string {
  const missed = targets.flatMap((target) => {
    const { value, isMet } = judge(target, results);
    return isMet === false
      ? [`- ${target.what}: asked ${describeBound(target)}, measured ${formatFigure(value!)}`]
      : [];
  });
  return missed.length === 0 ? "Nothing that was measured falls short." : missed.join("\n");
}

/** A peer's time over ours, and the threads that are compared, the peer's and ours: `3.86×, 1:2`. */
function formatRatio(ratio: number, peer: string, own: string): string {
  return `${formatFigure(ratio)}×, ${peer.slice(-1)}:${own.slice(-1)}`;
}

/** One row a contestant, one column a workload: median ms, and its time over our fastest contestant's in the same rounds. */
function tabulatePeers({ peers }: Results): string {
  const workloads = Object.keys(peers.workloads);
  const contestants = [...new Set(workloads.flatMap((workload) => Object.keys(peers.workloads[workload])))];
  const rows = contestants.map((contestant) => [
    contestant,
    ...workloads.map((workload) => {
      const figures = peers.workloads[workload][contestant];
      if (figures === undefined) return "";
      const ratios = Object.entries(figures.ratios).sort(([, a], [, b]) => b - a);
      if (contestant.startsWith("retroprop") || ratios.length === 0) return formatFigure(figures.median);
      const [[own, ratio]] = ratios;
      return `${formatFigure(figures.median)} (${formatRatio(ratio, contestant, own)})`;
    }),
  ]);
  return formatTable({ title: "", header: ["contestant", ...workloads], rows });
}

if (import.meta.main) {
  const results = await readResults();
  if (results === null) {
    throw new Error("Cannot write BENCHMARKS.md: run deno task bench --write first, which makes bench/results.json");
  }
  await writeReport(results);
}
