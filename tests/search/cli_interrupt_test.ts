import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { readJournal } from "../../mod.ts";
import { runGridCommand } from "../../src/search/cli.ts";
import { listenForInterrupt } from "../../src/search/cli/listen_for_interrupt.ts";
import { inFolder } from "../files/in_folder.ts";

const GRID = ["--data", "examples/data/iris.csv", "--target", "species", "--hidden", "4,8", "--lr", "0.003,0.01"];
/** Far longer than anybody waits. */
const ENDLESS = [...GRID, "--epochs", "100000000", "--workers", "1"];

/** Runs the command until `when` is over; gives its exit code and what it said. */
async function interrupt(
  args: string[],
  when: () => Promise<void>,
): Promise<{ code: number; text: string; error: string }> {
  const controller = new AbortController();
  let text = "", error = "";
  const running = runGridCommand(args, {
    print: (line) => void (text += `${line}\n`),
    complain: (line) => void (error += `${line}\n`),
    signal: controller.signal,
  });
  await when();
  controller.abort();
  return { code: await running, text, error };
}

/** Waits until a journal has a trial. */
async function waitForTrial(journal: string): Promise<void> {
  for (;;) {
    const trials = await readJournal(journal).then(({ trials }) => trials, () => []);
    if (trials.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

Deno.test("an interrupted search says what its journal keeps, and the command that goes on", () =>
  inFolder(async (folder) => {
    const journal = `${folder}/my run.db`;
    const args = [...ENDLESS, "--quiet", "--journal", journal];
    const { code, error } = await interrupt(args, () => waitForTrial(journal));
    assertEquals(code, 130);
    assertStringIncludes(
      error,
      `interrupted: ${journal} keeps 1 trial: 0 done, 0 pruned, 0 failed, 0 running, 1 waiting`,
    );
    const command = `deno task grid -- ${ENDLESS.join(" ")} --quiet --journal '${journal}' --resume`;
    assertStringIncludes(error, `To go on:\n\n  ${command}\n`);
    // What it says works, and says the same when it is interrupted in turn.
    const again = await interrupt([...args, "--resume"], () => waitForTrial(journal));
    assertEquals(again, { code, text: "", error });
  }));

Deno.test("without a journal an interrupted search says that nothing was kept, and what would have been", async () => {
  const { code, error } = await interrupt(
    [...ENDLESS, "--quiet"],
    () => new Promise((resolve) => setTimeout(resolve, 200)),
  );
  assertEquals(code, 130);
  assertStringIncludes(error, "interrupted: nothing was kept. With --journal FILE.db everything is");
});

Deno.test("Ctrl-C in the command itself: exit code 130, and what was kept", () =>
  inFolder(async (folder) => {
    const journal = `${folder}/run.db`;
    const child = new Deno.Command("deno", {
      args: [
        "run",
        "--no-prompt",
        "--allow-read",
        "--allow-write",
        "src/search/cli.ts",
        ...ENDLESS,
        "--journal",
        journal,
      ],
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const output = child.output();
    await waitForTrial(journal);
    child.kill("SIGINT");
    const { code, stderr } = await output;
    const error = new TextDecoder().decode(stderr);
    assertEquals(code, 130, error);
    assertStringIncludes(error, `interrupted: ${journal} keeps 1 trial`);
    assertStringIncludes(error, "--resume");
    assertEquals((await readJournal(journal)).trials[0].status, "waiting");
  }));

Deno.test("the first interrupt is heard, on Deno and elsewhere, and the second ends the process as ever", () => {
  for (const kind of ["Deno", "process"] as const) {
    const listeners = new Set<() => void>();
    const add = (_: string, listener: () => void) => void listeners.add(listener);
    const remove = (_: string, listener: () => void) => void listeners.delete(listener);
    const scope = kind === "Deno"
      ? { Deno: { addSignalListener: add, removeSignalListener: remove } }
      : { process: { on: add, off: remove } };
    let heard = 0;
    listenForInterrupt(() => heard++, scope);
    for (const listener of [...listeners]) listener();
    assertEquals([heard, listeners.size], [1, 0]);
    listenForInterrupt(() => heard++, scope)();
    assertEquals([heard, listeners.size], [1, 0]);
  }
  listenForInterrupt(() => assert(false), {})();
});
