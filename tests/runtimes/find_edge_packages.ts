import { existsSync } from "node:fs";

/** The files of the npm packages that the tests of examples/edge need, or why there are none. */
export interface EdgePackages {
  readonly node20: string;
  readonly workerd: string;
  readonly edgeRuntime: string;
  readonly missing?: string;
}

const FOLDER = "/tmp/retroprop-edge";
const WORKERD = "workerd@1.20261117.1";
const EDGE_RUNTIME = "edge-runtime@4.0.1";
const NODE_VERSION = "20.20.2";

/**
 * Finds Node 20, Cloudflare's workerd and Vercel's edge-runtime.
 *
 * @param mayInstall whether to fetch what is missing from npm into a temporary folder
 */
export async function findEdgePackages(mayInstall: boolean): Promise<EdgePackages> {
  const { os, arch } = Deno.build;
  const cpu = arch === "x86_64" ? { node: "x64", workerd: "64" } : { node: "arm64", workerd: "arm64" };
  const files = {
    node20: `${FOLDER}/node_modules/node20/bin/node`,
    workerd: `${FOLDER}/node_modules/@cloudflare/workerd-linux-${cpu.workerd}/bin/workerd`,
    edgeRuntime: `${FOLDER}/node_modules/edge-runtime/dist/index.js`,
  };
  if (os !== "linux") return { ...files, missing: `no package is known for ${os} ${arch}` };
  const areThere = (): boolean => Object.values(files).every((file) => existsSync(file));
  if (areThere()) return files;
  if (!mayInstall) return { ...files, missing: "not installed; run the tests with `-- --install`" };
  const options = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-save", "--prefix", FOLDER];
  const node = `node20@npm:node-linux-${cpu.node}@${NODE_VERSION}`;
  await Deno.mkdir(FOLDER, { recursive: true });
  try {
    const args = ["install", ...options, WORKERD, EDGE_RUNTIME, node];
    const { success, stderr } = await new Deno.Command("npm", { args, stdin: "null" }).output();
    const reason = `npm failed: ${new TextDecoder().decode(stderr).trim().split("\n").at(-1)}`;
    return success && areThere() ? files : { ...files, missing: success ? "npm did not bring it" : reason };
  } catch {
    return { ...files, missing: "npm is not there" };
  }
}
