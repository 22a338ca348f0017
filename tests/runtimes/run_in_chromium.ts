const ISOLATION = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };

/**
 * Opens a page that runs the module script.js, and waits for what that posts to /result.
 *
 * @param command Chromium and its flags
 * @param site the files that are served, scripts, `.html` and what is loaded as bytes: path → content
 * @param options.isIsolated whether the page is served with COOP and COEP
 * @param options.subject the fragment of the page's address
 */
export async function runInChromium(
  command: readonly string[],
  site: ReadonlyMap<string, string | Uint8Array<ArrayBuffer>>,
  { isIsolated, subject, timeoutMs }: { isIsolated: boolean; subject: string; timeoutMs: number },
): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const headers = isIsolated ? ISOLATION : {};
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === "/result") resolve(await request.text());
    const file = site.get(pathname.slice(1));
    if (file !== undefined) {
      const type = pathname.endsWith(".html") ? "text/html" : "text/javascript";
      return new Response(file, { headers: { ...headers, "content-type": type } });
    }
    const page = pathname === "/" ? '<!doctype html><script type="module" src="/script.js"></script>' : "";
    return new Response(page, { headers: { ...headers, "content-type": "text/html" } });
  });
  const profile = await Deno.makeTempDir({ prefix: "chromium-" });
  const [program, ...flags] = command;
  const address = `http://127.0.0.1:${server.addr.port}/#${subject}`;
  const args = [...flags, `--user-data-dir=${profile}`, address];
  const browser = new Deno.Command(program, { args, stdin: "null", stdout: "null", stderr: "null" }).spawn();
  const timer = setTimeout(() => reject(new Error(`the page said nothing within ${timeoutMs} ms`)), timeoutMs);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    browser.kill("SIGKILL");
    await browser.status;
    await server.shutdown();
    await Deno.remove(profile, { recursive: true }).catch(() => {}); // its helpers may still be writing
  }
}
