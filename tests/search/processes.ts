/**
 * The journal among processes that are killed: `deno test -A tests/search/processes.ts`. Not among the other tests,
 * because it starts processes.
 *
 * @module
 */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { readJournal } from "../../src/search/journal/read_journal.ts";
import { inFolder } from "../files/in_folder.ts";
import { FINGERPRINT, trainAll, TRIALS } from "./journal_worker.ts";

const WORKER = new URL("journal_worker.ts", import.meta.url).pathname;
const DEADLINE_MS = 60_000;

/** Starts a process on the journal with the permissions that the documentation names, and no others. */
function start(path: string, before = ""): Deno.ChildProcess {
  const deno = `exec "${Deno.execPath()}" run --no-prompt --allow-read="${path}" --allow-write="${path}"`;
  return new Deno.Command("sh", {
    args: ["-c", `${before} ${deno} "${WORKER}" "${path}"`],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** Waits until the process has printed so many lines, then kills it. Gives the lines; all of them if it ended before. */
async function killAfter(child: Deno.ChildProcess, lines: number): Promise<string[]> {
  let text = "";
  const count = () => text.split("\n").length - 1;
  for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (count() >= lines) break;
  }
  try {
    child.kill("SIGKILL");
  } catch {
    // It has ended.
  }
  await child.stderr.cancel();
  await child.status;
  return text.split("\n").slice(0, -1);
}

/** Lets a process go to its end. */
async function finish(child: Deno.ChildProcess): Promise<string[]> {
  const timer = setTimeout(() => child.kill("SIGKILL"), DEADLINE_MS);
  const { code, stdout, stderr } = await child.output();
  clearTimeout(timer);
  assertEquals(code, 0, new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout).split("\n").slice(0, -1);
}

/** Checks that a journal holds every trial with the losses of an undisturbed run, to the bit. */
async function assertComplete(path: string): Promise<void> {
  const { trials, fingerprint } = await readJournal(path);
  assertEquals(fingerprint, FINGERPRINT);
  assertEquals(trials.map(({ id }) => id), Array.from({ length: TRIALS }, (_, id) => id));
  for (const { id, status, score, runs, params } of trials) {
    const expected = [0, 1].map((fold) => trainAll(id, fold));
    assertEquals(status, "done");
    assertEquals(params, { rate: 1 / (id + 1) });
    assertEquals(runs.map(({ history }) => history.loss), expected);
    assertEquals(score, (expected[0].at(-1)! + expected[1].at(-1)!) / 2);
  }
}

Deno.test("a search that is killed again and again ends with the same results, and loses no finished epoch", () =>
  inFolder(async (folder) => {
    const path = `${folder}/run.db`;
    const seen: string[] = [];
    for (const lines of [1, 3, 14, 37, 2, 61]) seen.push(...await killAfter(start(path), lines));
    seen.push(...await finish(start(path)));
    assertEquals(seen.at(-1), "done");
    await assertComplete(path);
    // An epoch is printed after its checkpoint: whoever takes over goes on behind it.
    const epochs = seen.filter((line) => line.startsWith("epoch"));
    assertEquals(epochs.length, new Set(epochs).size);
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), ["run.db"]);
  }));

Deno.test("two processes share a search: each epoch is trained once, and both see the end", () =>
  inFolder(async (folder) => {
    const path = `${folder}/run.db`;
    const lines = await Promise.all([finish(start(path)), finish(start(path))]);
    await assertComplete(path);
    const epochs = lines.flat().filter((line) => line.startsWith("epoch"));
    assertEquals(epochs.length, TRIALS * 2 * 10);
    assertEquals(new Set(epochs).size, epochs.length);
    for (const each of lines) assertEquals(each.at(-1), "done");
  }));

Deno.test("a process takes over from one that is killed beside it", () =>
  inFolder(async (folder) => {
    const path = `${folder}/run.db`;
    const survivor = start(path);
    const victim = killAfter(start(path), 25);
    const lines = (await Promise.all([finish(survivor), victim])).flat();
    await assertComplete(path);
    const epochs = lines.filter((line) => line.startsWith("epoch"));
    assertEquals(new Set(epochs).size, TRIALS * 2 * 10);
  }));

Deno.test("a file that may not grow is a clear error, and what was recorded can be read", () =>
  inFolder(async (folder) => {
    const path = `${folder}/run.db`;
    // The log may grow to 100 KiB; writing more gives EFBIG, as a full disk gives ENOSPC.
    const { code, stderr } = await start(path, "trap '' XFSZ; ulimit -f 200;").output();
    const text = new TextDecoder().decode(stderr);
    assert(code !== 0, "the process must fail");
    assertMatch(text, /JournalError: Cannot .* in journal ".*run\.db": the disk (is full|cannot be read or written)/);
    const { trials } = await readJournal(path);
    assertEquals(trials.length, TRIALS);
    assertEquals((await finish(start(path))).at(-1), "done");
    await assertComplete(path);
  }));
