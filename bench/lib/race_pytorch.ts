import { formatFigure } from "./format_figure.ts";
import { summarize } from "./summarize.ts";
import { timeProcess } from "./time_process.ts";

/** The numbers of threads that ours is timed on. */
export const THREADS: readonly (1 | 2)[] = [1, 2];
/** The columns behind the name, as `racePyTorch` fills them. */
export const RACE_HEADER: readonly string[] = [
  "threads",
  "least ms",
  "median ms",
  "PyTorch, one thread, ms",
  "PyTorch's best, ms",
  "of that",
];

/** A training step that PyTorch takes as well. */
export interface Race {
  /** What its figures begin with. */
  readonly id: string;
  /** The first column of its rows. */
  readonly name: string;
  /** PyTorch's script and its arguments, under what is said of them beside the threads; it prints `{ median, least }` as JSON. */
  readonly scripts: Readonly<Record<string, readonly string[]>>;
  /** Times of some steps of ours, ms. */
  time(threads: 1 | 2, ms: number): Promise<number[]>;
}

interface Times {
  readonly median: number;
  readonly least: number;
}

/** PyTorch's times with these threads of OpenMP and OpenBLAS; null where it is not installed. */
async function measurePyTorch(script: readonly string[], openMp: number, openBlas: number): Promise<Times | null> {
  try {
    const { stdout } = await timeProcess(["/usr/bin/python3", ...script], {
      env: { OMP_NUM_THREADS: `${openMp}`, OPENBLAS_NUM_THREADS: `${openBlas}` },
    });
    return JSON.parse(stdout.trimEnd().split("\n").pop()!) as Times;
  } catch (error) {
    console.log(`PyTorch is left out: ${error instanceof Error ? error.message.split("\n").pop() : error}`);
    return null;
  }
}

/**
 * Ours and PyTorch's in turns: ours on one thread and on two, PyTorch's with one and two threads of OpenMP and of OpenBLAS. A figure is the least, of
 * ours as of PyTorch's. Without PyTorch ours is measured alone.
 *
 * @param ms how long ours is warmed up, a quarter of which it is timed in every turn
 */
export async function racePyTorch(
  { id, name, scripts, time }: Race,
  { rounds, ms }: { readonly rounds: number; readonly ms: number },
): Promise<{ readonly rows: string[][]; readonly figures: Record<string, number> }> {
  const own = new Map<number, number[]>();
  for (const threads of THREADS) {
    await time(threads, ms);
    own.set(threads, []);
  }
  const settings = Object.entries(scripts).flatMap(([label, script]) =>
    [1, 2].flatMap((openMp) => [1, 2].map((openBlas) => ({ label, script, openMp, openBlas })))
  );
  const theirs: (Times & { readonly setting: string; readonly alone: boolean })[] = [];
  let withPeer = true;
  for (let round = 0; round < rounds; round++) {
    for (const { label, script, openMp, openBlas } of settings) {
      for (const threads of THREADS) own.get(threads)!.push(...await time(threads, ms / 4));
      const peer = withPeer ? await measurePyTorch(script, openMp, openBlas) : null;
      if (peer === null) withPeer = false;
      else theirs.push({ ...peer, setting: `${openMp}/${openBlas} ${label}`.trim(), alone: openMp * openBlas === 1 });
    }
  }
  const fastest = theirs.reduce((a, b) => a.least < b.least ? a : b, { least: Infinity, setting: "" });
  const alone = Math.min(...theirs.filter((times) => times.alone).map(({ least }) => least));
  const figures: Record<string, number> = {};
  const rows = THREADS.map((threads) => {
    const { min, median } = summarize(own.get(threads)!);
    figures[`${id} ${threads} ms`] = min;
    if (withPeer) figures[`${id} ${threads} of PyTorch's best time`] = min / fastest.least;
    return [
      name,
      `${threads}`,
      formatFigure(min),
      formatFigure(median),
      withPeer ? formatFigure(alone) : "",
      withPeer ? `${formatFigure(fastest.least)} (${fastest.setting})` : "",
      withPeer ? formatFigure(min / fastest.least) : "",
    ];
  });
  return { rows, figures };
}
