/** How to run a process. */
export interface ProcessOptions {
  /** Variables of the environment to change; null removes one. */
  env?: Readonly<Record<string, string | null>>;
  /** Where it runs. Default: the project's root. */
  cwd?: URL;
}

/** The project's root. */
const ROOT = new URL("../..", import.meta.url);

/** What a process printed, and how long it took from its start to its end. */
export interface ProcessResult {
  ms: number;
  stdout: string;
}

/** Runs a process to its end. @throws {Error} with the end of its stderr if it fails */
export async function timeProcess(
  command: readonly string[],
  { env = {}, cwd = ROOT }: ProcessOptions = {},
): Promise<ProcessResult> {
  const all: Record<string, string | null> = { ...Deno.env.toObject(), ...env };
  const variables = Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null),
  );
  const [program, ...args] = command;
  const start = performance.now();
  const { success, stdout, stderr } = await new Deno.Command(program, {
    args,
    cwd,
    env: variables,
    clearEnv: true,
    stdin: "null",
  })
    .output();
  const ms = performance.now() - start;
  if (!success) throw new Error(new TextDecoder().decode(stderr).trim().slice(-400) || "it failed and said nothing");
  return { ms, stdout: new TextDecoder().decode(stdout) };
}
