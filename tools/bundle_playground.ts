/**
 * Makes dist/playground.html: the page with its script, its style, and the worker with the library in it. With `--check` it writes nothing,
 * and exits with 1 if the file differs.
 *
 * @module
 */
import { collectLicences, LOCK, runDeno } from "./collect_licences.ts";

const FOLDER = "tools/playground";
const PAGE_ENTRY = `${FOLDER}/page/main.tsx`;
const WORKER_ENTRY = `${FOLDER}/engine/worker.ts`;
const OUTPUT = "dist/playground.html";
const MOST_BYTES = 1_200_000;
/** The parts of the page that are put in. */
const MARKS = ["/*STYLE*/", "/*SCRIPT*/", "/*WORKER*/"] as const;
/** Where the script's hash stands in the page's content security policy: no other script may run, whatever is shown. */
const HASH = "SCRIPT_HASH";

/** What the page is made of. */
interface Parts {
  readonly html: string;
  readonly style: string;
  readonly script: string;
  readonly worker: string;
}

async function bundle(entry: string): Promise<string> {
  const options = ["--quiet", "--minify", "--platform", "browser", "--format", "iife"];
  return (await runDeno(["bundle", ...LOCK, ...options, entry])).trim();
}

/** The sources of the page, each as one text. */
async function readParts(): Promise<Parts> {
  const [html, script, worker, licences] = await Promise.all([
    Deno.readTextFile(`${FOLDER}/page/page.html`),
    bundle(PAGE_ENTRY),
    bundle(WORKER_ENTRY),
    collectLicences(PAGE_ENTRY, ["preact", "@preact/signals"]),
  ]);
  const styles = [...Deno.readDirSync(`${FOLDER}/page/style`)].map(({ name }) => name).sort();
  const style = styles.map((name) => Deno.readTextFileSync(`${FOLDER}/page/style/${name}`)).join("\n");
  if (/<!--/.test(script)) throw new Error("Cannot bundle the playground: its script must not contain <!--");
  return { html, style, script: licences + script.replaceAll(/<(?=\/script)/gi, "\\x3C"), worker };
}

async function gzip(text: string): Promise<string> {
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(packed).arrayBuffer()).toBase64();
}

async function hashOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return `sha256-${new Uint8Array(digest).toBase64()}`;
}

/** The page, with what stands for the worker. */
async function assemble({ html, style, script }: Parts, worker: string): Promise<string> {
  for (const mark of [...MARKS, HASH]) {
    if (html.split(mark).length !== 2) throw new Error(`Cannot bundle the playground: page.html must have one ${mark}`);
  }
  const values = { "/*STYLE*/": style, "/*SCRIPT*/": script, "/*WORKER*/": worker };
  let page = html;
  for (const mark of MARKS) page = page.replace(mark, () => values[mark]);
  // The hash is that of all that stands between the tags.
  const [, content] = page.match(/<script>(.*?)<\/script>/s) ?? [];
  if (content === undefined) throw new Error("Cannot bundle the playground: page.html must have <script>…</script>");
  const hash = await hashOf(content);
  page = page.replace(HASH, () => hash);
  return page;
}

/** A page with its worker unpacked: what packs it may differ from machine to machine. */
async function unpack(page: string): Promise<string> {
  const found = page.match(/id="worker"[^>]*>([\w+/=\s]*)</);
  if (found === null) return page;
  const bytes = Uint8Array.fromBase64(found[1]);
  const source = await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
  return page.replace(found[1], () => source);
}

if (import.meta.main) {
  const unknown = Deno.args.filter((argument) => argument !== "--check");
  if (unknown.length > 0) {
    throw new RangeError(`Cannot bundle the playground: the only option is --check, got ${unknown.join(" ")}`);
  }
  Deno.chdir(new URL("..", import.meta.url));
  const parts = await readParts();
  const page = await assemble(parts, await gzip(parts.worker));
  if (page.length > MOST_BYTES) {
    throw new Error(`Cannot bundle the playground: it must have at most ${MOST_BYTES} bytes, got ${page.length}`);
  }
  const found = await Deno.readTextFile(OUTPUT).catch(() => "");
  const isSame = await unpack(found) === await unpack(page);
  if (Deno.args.includes("--check")) {
    if (!isSame) console.error(`drift: ${OUTPUT} differs. Run \`deno task build\` and commit what it writes.`);
    Deno.exit(isSame ? 0 : 1);
  }
  if (!isSame) {
    await Deno.writeTextFile(OUTPUT, page);
    console.log(`wrote ${OUTPUT}: ${page.length} bytes`);
  }
}
