import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { Interrupt, type SignalScope } from "../../src/training/interrupt.ts";

const SCRIPT = new URL("./interrupted_fit.ts", import.meta.url).pathname;

/** Runs the script, pressing Ctrl-C whenever it has printed one of the texts in `presses`. */
async function press(args: string[], presses: string[], permissions: string[] = []) {
  const child = new Deno.Command("deno", {
    args: ["run", "--no-prompt", "--quiet", ...permissions, SCRIPT, ...args],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const errors = new Response(child.stderr).text();
  let text = "";
  const left = [...presses];
  for await (const part of child.stdout.pipeThrough(new TextDecoderStream())) {
    text += part;
    while (left.length > 0 && text.includes(left[0])) {
      left.shift();
      child.kill("SIGINT");
    }
  }
  const { code, signal } = await child.status;
  return { code, signal, out: text, err: await errors, left };
}

Deno.test("Ctrl-C ends a fit with an error that the script may catch; it needs no permission, and nobody listens afterwards", async () => {
  const { out, err, code, signal, left } = await press(["2", "return"], ["ready", "after"]);
  assertEquals(left, []);
  assertStringIncludes(err, "Ctrl-C: training ends after this step.");
  assertStringIncludes(err, "Training was interrupted: the model has the weights of its last finished step");
  assertStringIncludes(err, "No backup was kept");
  const found = JSON.parse(out.split("\n").find((line) => line.startsWith("{"))!);
  assertEquals([found.name, found.message], ["AbortError", "Training was interrupted by Ctrl-C"]);
  assert(found.epochs > 20 && found.iteration >= 2 * found.epochs, JSON.stringify(found));
  assertEquals([code, signal], [130, "SIGINT"], "the second one ended the process in the usual way");
});

Deno.test("Ctrl-C says what the backup holds, and the script goes on from it", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const path = `${folder}/backup`;
    const permissions = [`--allow-read=${folder}`, `--allow-write=${folder}`];
    const first = await press(["2", "return", path], ["ready", "after"], permissions);
    assertStringIncludes(first.err, `The backup ${JSON.stringify(path)} is of `);
    assertStringIncludes(first.err, "Started again, the script goes on from its backup.");
    const epochs = Number(/is of (\d+) epochs/.exec(first.err)![1]);
    assert(epochs >= 20);
    assertStringIncludes(first.err, `the history of ${epochs} epochs`);
    const second = await press(["2", "return", path], ["ready", "after"], permissions);
    assertEquals(/^Epoch (\d+)\//m.exec(second.err)![1], String(epochs + 1));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a second Ctrl-C ends the process at once, whatever is waited for", async () => {
  const { code, signal, out } = await press(["2", "hang"], ["ready", "ending"]);
  assertEquals([code, signal], [130, null]);
  assert(!out.includes("after"));
});

Deno.test("a silent fit leaves Ctrl-C alone", async () => {
  const { signal, err } = await press(["0", "return"], ["ready"]);
  assertEquals([signal, err], ["SIGINT", ""]);
});

/** A runtime that remembers its listeners. */
function fake(kind: "deno" | "node", count = 0) {
  const listeners = new Set<() => void>();
  const notes: unknown[] = [];
  const add = (_: "SIGINT", listener: () => void): void => void listeners.add(listener);
  const remove = (_: "SIGINT", listener: () => void): void => void listeners.delete(listener);
  const exit = (code: number): void => void notes.push(code);
  const console = { error: (text: unknown) => void notes.push(text) };
  const scope: SignalScope = kind === "deno"
    ? {
      console,
      Deno: { addSignalListener: add, removeSignalListener: remove, exit },
      process: { listenerCount: () => count },
    }
    : { console, process: { on: add, off: remove, exit, listenerCount: () => count } };
  return { scope, listeners, notes };
}

Deno.test("Interrupt listens in Deno and in Node, and no longer than it is open", () => {
  for (const kind of ["deno", "node"] as const) {
    const { scope, listeners, notes } = fake(kind);
    const interrupt = Interrupt.listen(scope)!;
    const [listener] = listeners;
    listener();
    assert(interrupt.signal.aborted && interrupt.signal.reason.name === "AbortError");
    assertEquals(notes.length, 1);
    listener();
    assertEquals(notes[1], 130);
    interrupt.close();
    interrupt.close();
    assertEquals(listeners.size, 0);
  }
});

Deno.test("Interrupt leaves Ctrl-C in Deno to a program that listens to node's process", () => {
  const { scope, listeners, notes } = fake("deno", 1);
  const interrupt = Interrupt.listen(scope)!;
  for (const listener of listeners) listener();
  assertEquals([interrupt.signal.aborted, notes], [false, []]);
});

Deno.test("Interrupt does not listen where the program does, where nothing can, or where it may not", () => {
  assertEquals(Interrupt.listen(fake("node", 1).scope), null);
  assertEquals(Interrupt.listen({ console }), null);
  const fail = () => {
    throw new Error("not here");
  };
  assertEquals(Interrupt.listen({ console, Deno: { addSignalListener: fail } }), null);
});
