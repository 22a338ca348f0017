/** What a process printed and how it came to its end. */
export interface Ended {
  readonly output: string;
  readonly code: number;
  /** True if it had to be killed. */
  readonly isLate: boolean;
}

/** Runs a file in a runtime until it ends, or kills it after `timeoutMs`. */
export async function runInProcess(
  command: readonly string[],
  args: readonly string[],
  timeoutMs: number,
): Promise<Ended> {
  const [program, ...first] = command;
  const child = new Deno.Command(program, { args: [...first, ...args], stdin: "null", stdout: "piped" }).spawn();
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    child.kill("SIGKILL");
  }, timeoutMs);
  const { code, stdout } = await child.output();
  clearTimeout(timer);
  return { output: new TextDecoder().decode(stdout), code, isLate };
}
