import { assert } from "@std/assert";

/** What a cell gave. */
export interface CellResult {
  readonly status: "ok" | "error";
  readonly error: string;
  /** What it printed. */
  readonly streams: string;
  /** What it showed: texts and data by type, as they were last. */
  readonly displays: readonly Record<string, string>[];
  /** How often each was drawn anew. */
  readonly updates: readonly number[];
}

const CLIENT = "python3-jupyter-client";
/** Debian's first: another Python does not see Debian's packages. */
const PYTHONS = ["/usr/bin/python3", "python3"];

/** A Python that has the client, or why there is none. */
async function findPython(mayInstall: boolean): Promise<{ python: string; missing?: string }> {
  const find = async (): Promise<string | undefined> => {
    for (const python of PYTHONS) if (await run(python, ["-c", "import jupyter_client"])) return python;
  };
  let python = await find();
  if (python === undefined && mayInstall && Deno.uid() === 0) {
    await run("apt-get", ["update", "-q"]);
    await run("apt-get", ["install", "-q", "-y", "--no-install-recommends", CLIENT]);
    python = await find();
  }
  if (python !== undefined) return { python };
  return { python: "python3", missing: `${CLIENT} is not installed; run the test with \`-- --install\` as root` };
}

async function run(command: string, args: string[]): Promise<boolean> {
  try {
    return (await new Deno.Command(command, { args, stdin: "null", stdout: "null", stderr: "null" }).output()).success;
  } catch {
    return false;
  }
}

/** Runs cells in Deno's own kernel, in a folder: a notebook's own. */
export async function runCells(cells: readonly string[], cwd?: URL): Promise<CellResult[]> {
  const script = new URL("run_cells.py", import.meta.url).pathname;
  const child = new Deno.Command(python, {
    cwd,
    args: [script, Deno.execPath()],
    env: { NO_COLOR: "1" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(JSON.stringify(cells)));
  await writer.close();
  const { success, stdout, stderr } = await child.output();
  const [printed, errors] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  assert(success, errors);
  return JSON.parse(printed.trim().split("\n").at(-1)!);
}

const { python, missing } = await findPython(Deno.args.includes("--install"));

/** Why cells cannot be run; undefined if they can. With `-- --install` Debian's client for kernels is fetched. */
export const missingKernel: string | undefined = missing;
