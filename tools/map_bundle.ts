import type { BundleOptions } from "./bundle_module.ts";

/** A source map as the bundler writes it. */
interface SourceMap {
  readonly sources: string[];
  readonly sourcesContent: (string | null)[];
  readonly mappings: string;
}

/**
 * The source map of a bundle that has been made, with the sources in it but for generated ones.
 *
 * @param text the bundle, which may have lines before what the bundler wrote
 * @param file the name of the bundle
 * @param entry path of its module
 * @throws Error if the bundle is another one than the sources give
 */
export async function mapBundle(
  text: string,
  file: string,
  entry: string,
  { external = [] }: BundleOptions = {},
): Promise<string> {
  const folder = await Deno.makeTempDir();
  try {
    const args = ["bundle", "--quiet", "--platform=browser", "--sourcemap=external", `--outdir=${folder}`];
    for (const path of external) args.push(`--external=${Deno.cwd()}/${path}`);
    const { success, stderr } = await new Deno.Command("deno", { args: [...args, entry], stdin: "null" }).output();
    if (!success) throw new Error(`Cannot bundle ${entry}: ${new TextDecoder().decode(stderr).trim()}`);
    const name = `${folder}/${entry.slice(entry.lastIndexOf("/") + 1).replace(/\.ts$/, ".js")}`;
    const bundled = (await Deno.readTextFile(name)).trimEnd();
    const map = JSON.parse(await Deno.readTextFile(`${name}.map`)) as SourceMap;
    const header = text.trimEnd().split("\n").length - bundled.split("\n").length;
    const last = (lines: string): string => lines.trimEnd().split("\n").slice(-3).join("\n");
    if (header < 0 || last(text) !== last(bundled)) {
      throw new Error(`Cannot map ${file}: it must be what ${entry} gives; run \`deno task build\` first`);
    }
    const root = new URL(`file://${Deno.cwd()}/`).href;
    const sources = map.sources.map((path) => new URL(path, `file://${folder}/`).href.replace(root, "../"));
    const sourcesContent = map.sourcesContent.map((content, i) => sources[i].includes("/gen/") ? null : content);
    return JSON.stringify({ ...map, file, sources, sourcesContent, mappings: ";".repeat(header) + map.mappings });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
