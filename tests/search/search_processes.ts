/**
 * Searches that are killed: `deno test -A tests/search/search_processes.ts`. Not among the other tests, because it starts processes.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { readJournal } from "../../src/search/journal/read_journal.ts";
import { inFolder } from "../files/in_folder.ts";

const SCRIPT = new URL("search_process.ts", import.meta.url).pathname;

/** Starts a process with the permissions that a journal needs, and no others. */
function start(path?: string): Deno.ChildProcess {
  const permissions = path === undefined ? [] : [`--allow-read=${path}`, `--allow-write=${path}`];
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", ...permissions, SCRIPT, ...(path === undefined ? [] : [path])],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** Kills a process so many milliseconds after it has begun to search. */
async function killAfter(child: Deno.ChildProcess, ms: number): Promise<void> {
  const reader = child.stdout.getReader();
  await reader.read();
  await new Promise((resolve) => setTimeout(resolve, ms));
  try {
    child.kill("SIGKILL");
  } catch {
    // It has ended.
  }
  await reader.cancel();
  await child.stderr.cancel();
  await child.status;
}

/** The outcome of a process that comes to its end. */
async function finish(child: Deno.ChildProcess): Promise<unknown> {
  const { code, stdout, stderr } = await child.output();
  assertEquals(code, 0, new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout).split("\n")[1]);
}

/** How many trials a journal has done; 0 while there is none. */
async function countDone(path: string): Promise<number> {
  try {
    return (await readJournal(path)).trials.filter(({ status }) => status === "done").length;
  } catch {
    return 0; // it is being made
  }
}

/** Kills a process once its journal has so many trials done. */
async function killAtTrial(child: Deno.ChildProcess, path: string, trials: number): Promise<void> {
  const reader = child.stdout.getReader();
  await reader.read();
  while (await countDone(path) < trials) await new Promise((resolve) => setTimeout(resolve, 2));
  child.kill("SIGKILL");
  await reader.cancel();
  await child.stderr.cancel();
  assertEquals((await child.status).signal, "SIGKILL", "it had ended before");
}

Deno.test("a search that is killed at any moment ends with the trials, scores and weights of one that is not", () =>
  inFolder(async (folder) => {
    const path = `${folder}/run.db`;
    const whole = await finish(start());
    await killAfter(start(path), 30);
    for (const trials of [1, 2, 4, 6]) await killAtTrial(start(path), path, trials);
    const done = await countDone(path);
    assert(done >= 6 && done < 12, `${done} trials were done when the last process was killed`);
    assertEquals(await finish(start(path)), whole);
  }));

Deno.test("two processes share a search, a third one is killed beside them", () =>
  inFolder(async (folder) => {
    const path = `${folder}/run.db`;
    const killed = killAfter(start(path), 150);
    const outcomes = await Promise.all([finish(start(path)), finish(start(path)), finish(start()), killed]);
    assertEquals(outcomes[0], outcomes[2]);
    assertEquals(outcomes[1], outcomes[2]);
  }));
