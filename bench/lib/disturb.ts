/** A process that counts for nobody: it wants a core until the time is over. */
const LOOP = "const end = performance.now() + 1000 * Number(Deno.args[0]); while (performance.now() < end);";

/**
 * Runs `act` beside processes that each want a core all the time. They are killed when it ends, however it does, and end by themselves
 * after `seconds`.
 */
export async function disturb<T>(
  { loops, seconds }: { loops: number; seconds: number },
  act: () => Promise<T>,
): Promise<T> {
  const children: Deno.ChildProcess[] = [];
  try {
    for (let i = 0; i < loops; i++) {
      const args = ["eval", LOOP, `${seconds}`];
      children.push(new Deno.Command(Deno.execPath(), { args, stdin: "null", stdout: "null", stderr: "null" }).spawn());
    }
    // Until they have started they disturb in another way.
    if (loops > 0) await new Promise((resolve) => setTimeout(resolve, 500));
    return await act();
  } finally {
    for (const child of children) {
      try {
        child.kill("SIGKILL");
      } catch {
        // It has ended by itself.
      }
      await child.status;
    }
  }
}
