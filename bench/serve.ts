/**
 * Requests a second of `deno serve --parallel` on loopback: predictions of 784-128-10 from JSON against servers that answer a constant.
 *
 * Usage: `deno run -A bench/serve.ts [seconds] [rounds]` (2 s and 5 rounds by default). The load comes from `wrk` if it is there (Debian has
 * it), else from `fetch` in this process; either runs on the same cores as the server. The kinds of server take turns.
 *
 * @module
 */
import { compileModel } from "../mod.ts";
import { createMlp } from "./lib/create_mlp.ts";
import { formatFigure } from "./lib/format_figure.ts";
import { printReport } from "./lib/print_report.ts";
import { summarize } from "./lib/summarize.ts";

const [SECONDS, ROUNDS] = [Number(Deno.args[0] ?? 2), Number(Deno.args[1] ?? 5)];
/** Many: the system deals them out to the workers at random. */
const CONNECTIONS = 64;
const JOBS = 2;
const KINDS = {
  constant: "a constant, after taking the body",
  read: "a constant, after parsing the JSON",
  plain: "`Response.json(model.predict(…))`",
  checked: "examples/edge/handler.ts",
};
type Kind = keyof typeof KINDS;

const wrk = await new Deno.Command("wrk", { args: ["--version"] }).output().then(() => true, () => false);
const folder = await Deno.makeTempDir();
const { model, x } = createMlp([784, 128, 10], 2);
/** Numbers from 0 to 1 with three decimals. */
const body = JSON.stringify({ x: [...x.data.subarray(0, 784)].map((v) => Number(((v + 1) / 2).toFixed(3))) });

/** Starts a server; it answers when this returns. */
async function startServer(kind: Kind): Promise<{ child: Deno.ChildProcess; address: string }> {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  const flags = [
    "--no-prompt",
    "--quiet",
    "--parallel",
    `--allow-read=${folder}`,
    "--host=127.0.0.1",
    `--port=${port}`,
  ];
  const child = new Deno.Command(Deno.execPath(), {
    args: ["serve", ...flags, "bench/serve/server.ts", kind, `${folder}/digits.safetensors`],
    cwd: new URL("..", import.meta.url),
    env: { DENO_JOBS: `${JOBS}` },
    stdin: "null",
    stdout: "null",
    stderr: "inherit",
  }).spawn();
  const address = `http://127.0.0.1:${port}/predict`;
  for (const end = performance.now() + 10_000; performance.now() < end;) {
    const response = await ask(address).catch(() => null);
    if (response !== null) {
      const { y } = await response.json();
      if (!response.ok || y.length !== 10) throw new Error(`Cannot measure serving: the server "${kind}" must answer`);
      return { child, address };
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`Cannot measure serving: the server "${kind}" must answer within 10 s`);
}

function ask(address: string): Promise<Response> {
  return fetch(address, { method: "POST", headers: { "content-type": "application/json" }, body });
}

/** Requests a second. */
async function measure(address: string, seconds: number): Promise<number> {
  if (wrk) {
    const args = ["-t1", `-c${CONNECTIONS}`, `-d${seconds}s`, "-s", `${folder}/post.lua`, address];
    const { stdout } = await new Deno.Command("wrk", { args }).output();
    const text = new TextDecoder().decode(stdout);
    const rate = Number(/Requests\/sec:\s*([\d.]+)/.exec(text)?.[1]);
    if (!(rate > 0) || /Non-2xx|Socket errors/.test(text)) throw new Error(`Cannot measure serving: ${text}`);
    return rate;
  }
  const start = performance.now();
  let count = 0;
  await Promise.all(Array.from({ length: CONNECTIONS }, async () => {
    for (; performance.now() < start + seconds * 1e3; count++) await (await ask(address)).arrayBuffer();
  }));
  return count / (performance.now() - start) * 1e3;
}

const servers = new Map<Kind, Awaited<ReturnType<typeof startServer>>>();
try {
  await Deno.writeFile(`${folder}/digits.safetensors`, compileModel(model));
  await Deno.writeTextFile(
    `${folder}/post.lua`,
    `wrk.method = "POST"\nwrk.headers["content-type"] = "application/json"\nwrk.body = '${body}'\n`,
  );
  const kinds = Object.keys(KINDS) as Kind[];
  const rates: Record<Kind, number[]> = { constant: [], read: [], plain: [], checked: [] };
  for (const kind of kinds) {
    servers.set(kind, await startServer(kind));
    await measure(servers.get(kind)!.address, 1);
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const kind of kinds) rates[kind].push(await measure(servers.get(kind)!.address, SECONDS));
  }
  /** The median over the rounds, in %. */
  const share = (kind: Kind, base: Kind): number =>
    summarize(rates[kind].map((rate, round) => 100 * rate / rates[base][round])).median;
  printReport({
    benchmark: "serve",
    tables: [{
      title:
        `deno serve --parallel, ${JOBS} workers, 784-128-10, JSON of ${body.length} bytes, ${CONNECTIONS} connections from ${
          wrk ? "wrk" : "fetch"
        } on the same cores`,
      header: ["server", "requests/s", "% of a constant", "% of a constant after parsing"],
      rows: kinds.map((kind) => [
        KINDS[kind],
        ...[summarize(rates[kind]).median, share(kind, "constant"), share(kind, "read")].map(formatFigure),
      ]),
    }],
    figures: {
      ...Object.fromEntries(kinds.map((kind) => [`serve ${kind} requests/s`, summarize(rates[kind]).median])),
      "serve checked % of constant": share("checked", "constant"),
      "serve checked % of constant after parsing": share("checked", "read"),
    },
  });
} finally {
  for (const { child } of servers.values()) child.kill("SIGKILL");
  await Deno.remove(folder, { recursive: true });
}
