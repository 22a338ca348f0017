/**
 * Fits with workers in processes of their own: `deno test -A tests/processes/fits.ts`. Not among the other tests, because it starts
 * processes.
 *
 * @module
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { Holdings } from "./many_fits_script.ts";

const DEADLINE_MS = 60_000;

interface Ended {
  readonly code: number;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
  /** From the line that was waited for to the end. */
  readonly milliseconds: number;
}

/** Runs a script, calls `at` when it has printed `line`, and waits for its end. */
async function run(
  script: string,
  args: readonly string[],
  { line = "last line", at = () => {}, permissions = [] }: {
    line?: string;
    at?: (child: Deno.ChildProcess) => void;
    permissions?: readonly string[];
  } = {},
): Promise<Ended> {
  const path = new URL(script, import.meta.url).pathname;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", ...permissions, path, ...args],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const timer = setTimeout(() => child.kill("SIGKILL"), DEADLINE_MS);
  let stdout = "";
  let since = 0;
  const stderr = new Response(child.stderr).text();
  for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
    stdout += chunk;
    if (since === 0 && stdout.includes(`${line}\n`)) {
      since = performance.now();
      at(child);
    }
  }
  const { code, signal } = await child.status;
  const milliseconds = performance.now() - since;
  clearTimeout(timer);
  return { code, signal, stdout, stderr: await stderr, milliseconds };
}

/** How scripts may end, and the code that they end with. */
const codes: Readonly<Record<string, number>> = {
  "after a fit": 0,
  "after a fit on all cores": 0,
  "after predict": 0,
  "by a throw after a fit": 1,
  "by Deno.exit during a fit": 7,
  "by Deno.exit while a fit begins": 8,
};
for (const [ending, expected] of Object.entries(codes)) {
  Deno.test(`a script without permissions that ends ${ending} ends at once, with code ${expected}`, async () => {
    const { code, stdout, stderr, milliseconds } = await run("fit_script.ts", [ending]);
    assertStringIncludes(stdout, "last line", stderr);
    assertEquals(code, expected, stderr);
    assert(milliseconds < 1000, `it took ${milliseconds} ms`);
    if (expected === 1) assertStringIncludes(stderr, "thrown after the fit");
    else assertEquals(stderr, "");
  });
}

for (const name of ["SIGINT", "SIGTERM"] as const) {
  Deno.test(`${name} ends a script during a fit at once`, async () => {
    const { signal, milliseconds } = await run("fit_script.ts", ["by a signal during a fit"], {
      line: "training",
      at: (child) => child.kill(name),
    });
    assertEquals(signal, name);
    assert(milliseconds < 1000, `it took ${milliseconds} ms`);
  });
}

Deno.test("a script ends at once although a worker that was lost still runs", async () => {
  const { code, stdout, stderr, milliseconds } = await run("fit_script.ts", ["after a worker was lost"]);
  assertStringIncludes(stdout, "worker rank 1 of 2 was lost: it stopped answering");
  assertEquals([code, stderr], [0, ""]);
  assert(milliseconds < 1000, `it took ${milliseconds} ms`);
});

Deno.test({
  name: "a thousand fits with workers leave no thread, no handle and no memory behind",
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    const { code, stdout, stderr } = await run("many_fits_script.ts", [], { permissions: ["-A"] });
    assertEquals(code, 0, stderr);
    const [early, late] = JSON.parse(stdout) as Holdings[];
    // The runtime may start a thread of its own for what the script reads.
    assert(late.threads <= early.threads + 1, `threads: ${early.threads}, then ${late.threads}`);
    assert(late.files <= early.files + 2, `files: ${early.files}, then ${late.files}`);
    // What is garbage by then is not collected at any certain time.
    assert(late.rssBytes < early.rssBytes + 64e6, `bytes: ${early.rssBytes}, then ${late.rssBytes}`);
  },
});
