/** One stage of the checks: a command that must exit with 0. */
export interface Stage {
  /** The heading. */
  name: string;
  /** Arguments of `deno`. */
  args: readonly string[];
  /** True if the command is `deno test`: its own summary is counted instead of one check. */
  isTest?: boolean;
  /** What the command's output must match. */
  match?: RegExp;
}

/** What a stage adds to the totals. */
export interface Outcome {
  /** Checks or tests passed. */
  passed: number;
  /** Checks or tests failed; at least 1 if the command failed in any way. */
  failed: number;
}

/** A stage that takes longer is killed and has failed. */
const TIMEOUT_MS = 1_200_000;

/** Runs one stage, prints its heading and time, and its output if it failed. */
export async function runStage(stage: Stage): Promise<Outcome> {
  console.log(`\n== ${stage.name}: deno ${stage.args.join(" ")}`);
  const start = performance.now();
  const { code, output } = await runDeno(stage.args);
  const outcome = judge(stage, code, output);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  if (outcome.failed > 0) console.log(output.trimEnd());
  if (outcome.failed > 0 && code === 0 && stage.match) console.log(`The output does not match ${stage.match}`);
  const verdict = outcome.failed > 0 ? "FAILED" : "ok";
  console.log(`${verdict} ${stage.name}: ${outcome.passed} passed, ${outcome.failed} failed (${seconds} s)`);
  return outcome;
}

/**
 * Counts what a finished command passed and failed.
 *
 * @param code exit code of the command
 * @param output everything it printed, without colours
 */
export function judge(stage: Stage, code: number, output: string): Outcome {
  if (!stage.isTest) {
    const passed = code === 0 && (stage.match?.test(output) ?? true);
    return { passed: passed ? 1 : 0, failed: passed ? 0 : 1 };
  }
  const summary = [...output.matchAll(/^(?:ok|FAILED) \| (\d+) passed(?: \([^)]*\))? \| (\d+) failed/gm)].at(-1);
  if (!summary) return { passed: 0, failed: 1 };
  const [passed, failed] = [Number(summary[1]), Number(summary[2])];
  const isSound = code === 0 && passed > 0;
  return { passed, failed: isSound ? failed : Math.max(failed, 1) };
}

async function runDeno(args: readonly string[]): Promise<{ code: number; output: string }> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [...args],
    env: { NO_COLOR: "1", DENO_NO_PROMPT: "1", DENO_NO_UPDATE_CHECK: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const chunks: string[] = [];
  const collect = async (stream: ReadableStream<Uint8Array>): Promise<void> => {
    for await (const text of stream.pipeThrough(new TextDecoderStream())) chunks.push(text);
  };
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    child.kill("SIGKILL");
  }, TIMEOUT_MS);
  const [status] = await Promise.all([child.status, collect(child.stdout), collect(child.stderr)]);
  clearTimeout(timer);
  if (isLate) chunks.push(`\nkilled after ${TIMEOUT_MS / 1000} s\n`);
  return { code: isLate ? 1 : status.code, output: chunks.join("") };
}
