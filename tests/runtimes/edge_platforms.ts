import { findEdgePackages } from "./find_edge_packages.ts";
import { findRuntimes } from "./find_runtimes.ts";

/** A platform that runs functions of examples/edge. */
export interface Platform {
  readonly name: string;
  /** The function's file without `.ts`. */
  readonly source: string;
  /** The command that serves it on a port of 127.0.0.1. */
  readonly serve: (port: number, folder: string) => readonly string[];
  /** The engine that must run it. */
  readonly engine: string;
  /** The command that runs a file, where there is one, and the engine that `fast` must give there. */
  readonly run?: readonly string[];
  readonly fastEngine?: string;
  /** Why it is skipped. */
  readonly missing?: string;
}

const ROOT = new URL("../..", import.meta.url).pathname;

/** All platforms with a server, and Chromium's command. Functions are bundled into `folder`. */
export async function listPlatforms(
  mayInstall: boolean,
): Promise<{ platforms: Platform[]; chromium: { command: readonly string[]; missing?: string } }> {
  const found = new Map((await findRuntimes(mayInstall)).map((runtime) => [runtime.name, runtime]));
  const packages = await findEdgePackages(mayInstall);
  const { missing } = packages;
  const deno = [Deno.execPath(), "serve", "--no-prompt", "--quiet", "--host=127.0.0.1"];
  const denoFile = `${ROOT}examples/edge/deno.ts`;
  const node22 = found.get("node 22")!;
  const bun = found.get("bun")!;
  const portable = "wasm-portable";
  const platforms: Platform[] = [
    {
      name: "deno serve, without permissions",
      source: "deno",
      serve: (port) => [...deno, `--port=${port}`, denoFile],
      engine: portable,
      run: [Deno.execPath(), "run", "--no-prompt", "--no-config"],
      fastEngine: "wasm-fast",
    },
    {
      name: "deno serve --parallel",
      source: "deno",
      serve: (port) => [...deno, "--parallel", `--port=${port}`, denoFile],
      engine: portable,
    },
    {
      name: "node 20",
      source: "node",
      serve: (_, folder) => [packages.node20, `${folder}/node.mjs`],
      engine: portable,
      run: [packages.node20],
      fastEngine: "wasm-portable", // Node 20 has no relaxed SIMD
      missing,
    },
    {
      name: "node 22",
      source: "node",
      serve: (_, folder) => [...node22.command, `${folder}/node.mjs`],
      engine: portable,
      run: node22.command,
      fastEngine: "wasm-fast",
      missing: node22.missing,
    },
    {
      name: "bun",
      source: "bun",
      serve: (_, folder) => [...bun.command, `${folder}/bun.mjs`],
      engine: portable,
      run: bun.command,
      fastEngine: "wasm-fast",
      missing: bun.missing,
    },
    {
      name: "cloudflare's workerd",
      source: "cloudflare",
      serve: (
        port,
        folder,
      ) => [packages.workerd, "serve", `${folder}/workerd.capnp`, `--socket-addr=http=127.0.0.1:${port}`],
      engine: "wasm-module",
      missing,
    },
    {
      name: "vercel's edge-runtime",
      source: "vercel",
      serve: (port, folder) => [
        packages.node20,
        `${ROOT}tests/runtimes/serve_vercel.mjs`,
        packages.edgeRuntime,
        `${folder}/vercel.mjs`,
        `${ROOT}src/edge/kernels.wasm`,
        `${port}`,
      ],
      engine: "wasm-module",
      missing,
    },
  ];
  return { platforms, chromium: found.get("chromium")! };
}

const WORKERD_CONFIG = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .worker)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")]
);
const worker :Workerd.Worker = (
  modules = [
    (name = "cloudflare.mjs", esModule = embed "cloudflare.mjs"),
    (name = "retroprop/edge/kernels.wasm", wasm = embed "kernels.wasm")
  ],
  compatibilityDate = "2025-06-01",
);
`;

/** Bundles the functions, and a test's own files, as their deploy commands do. Imported `.wasm` files stay imports. */
export async function bundleFunctions(folder: string): Promise<void> {
  const functions = ["node", "bun", "cloudflare", "vercel", "page", "service_worker"];
  const files = new Map(functions.map((name) => [name, `${ROOT}examples/edge/${name}.ts`]));
  files.set("edge_probe", `${ROOT}tests/runtimes/edge_probe.ts`);
  files.set("edge_page", `${ROOT}tests/runtimes/edge_page.ts`);
  await Promise.all([...files].map(async ([name, file]) => {
    const external = ["--external", "*.wasm", "--external", "*.wasm?module"];
    const args = ["bundle", "--quiet", "--platform=browser", ...external, "-o", `${folder}/${name}.mjs`, file];
    const { success, stderr } = await new Deno.Command(Deno.execPath(), { args, cwd: ROOT }).output();
    if (!success) throw new Error(`Cannot bundle ${file}: ${new TextDecoder().decode(stderr)}`);
  }));
  await Deno.copyFile(`${ROOT}src/edge/kernels.wasm`, `${folder}/kernels.wasm`);
  await Deno.writeTextFile(`${folder}/workerd.capnp`, WORKERD_CONFIG);
}
