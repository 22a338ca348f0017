/**
 * Serves the playground on this machine, and writes a copy of it that opens offline: `deno task playground`; `--help` lists the flags.
 *
 * The page is one file, dist/playground.html, with the library inside it. It asks nobody for anything.
 *
 * @module
 */
import { describeFlags, readFlags } from "../flags/read_flags.ts";

const COMMAND = {
  usage: "Serves the playground, a page in which networks can be watched while they learn.\n\n" +
    "  deno run --allow-net=127.0.0.1 --allow-read=dist examples/playground/serve.ts [flags]",
  flags: {
    port: { default: 8000, min: 0, max: 65535, isInteger: true, help: "where it listens; 0: any free port" },
    write: { default: "", help: "a file to write a copy to; needs --allow-write" },
  },
} as const;

const PAGE = new URL("../../dist/playground.html", import.meta.url);

/** Answers with the page, and with nothing else. */
export function createHandler(page: string): (request: Request) => Response {
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-cache",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    // Besides what the page says of itself: nobody may put it into a frame to have it clicked.
    "content-security-policy": "frame-ancestors 'none'",
  };
  return ({ method, url }) => {
    if (method !== "GET" && method !== "HEAD") {
      return new Response("GET only\n", { status: 405, headers: { allow: "GET" } });
    }
    if (new URL(url).pathname !== "/") return new Response("There is only /\n", { status: 404 });
    return new Response(page, { headers });
  };
}

/** Runs the program. `print` gets what it says; the server is returned so that it can be closed. */
export async function main(
  args: readonly string[],
  print: (text: string) => void = console.log,
): Promise<Deno.HttpServer<Deno.NetAddr> | null> {
  const options = readFlags(args, COMMAND);
  if (options === null) {
    print(describeFlags(COMMAND));
    return null;
  }
  const page = await Deno.readTextFile(PAGE);
  if (options.write !== "") {
    await Deno.writeTextFile(options.write, page);
    print(`wrote ${options.write}, which opens without this server, too`);
  }
  // Only this machine can reach it.
  const server = Deno.serve({ hostname: "127.0.0.1", port: options.port, onListen: () => {} }, createHandler(page));
  print(`http://127.0.0.1:${server.addr.port}/ has the playground; Ctrl-C ends it`);
  return server;
}

if (import.meta.main) {
  try {
    await main(Deno.args);
  } catch (error) {
    console.error(`serve.ts: ${error instanceof Error ? error.message : error}`);
    Deno.exit(1);
  }
}
