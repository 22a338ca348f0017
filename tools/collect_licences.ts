/** Packages are those of the lock file, which deno.json leaves to those who ask for it. */
export const LOCK = ["--lock=deno.lock", "--frozen"];

/** Runs deno and gives what it prints. */
export async function runDeno(args: readonly string[]): Promise<string> {
  const output = await new Deno.Command(Deno.execPath(), { args: [...args], env: { NO_COLOR: "1" } }).output();
  if (!output.success) throw new Error(`deno ${args.join(" ")} failed: ${new TextDecoder().decode(output.stderr)}`);
  return new TextDecoder().decode(output.stdout);
}

/** Where the packages lie: the cache has a folder for every registry. */
export async function listPackageFolders(): Promise<string[]> {
  const { npmCache } = JSON.parse(await runDeno(["info", "--json"])) as { npmCache: string };
  return [...Deno.readDirSync(npmCache)].map(({ name }) => `${npmCache}/${name}`);
}

/**
 * The licences of all packages in a bundle, each text once, as one comment.
 *
 * @param entry path of the bundle's module
 * @param roots what the names of packages begin with that are in it, together with what they depend on
 * @param without names of packages that are not in it
 */
export async function collectLicences(
  entry: string,
  roots: readonly string[],
  without: readonly string[] = [],
): Promise<string> {
  const { npmPackages } = JSON.parse(await runDeno(["info", ...LOCK, "--json", entry])) as {
    npmPackages: Record<string, { name: string; version: string; dependencies: string[] }>;
  };
  const folders = await listPackageFolders();
  const packages = new Map<string, string[]>(); // text → names
  const reached = new Set(Object.keys(npmPackages).filter((key) => roots.some((root) => key.startsWith(`${root}@`))));
  for (const key of reached) for (const each of npmPackages[key].dependencies) reached.add(each);
  for (const key of [...reached].sort()) {
    const { name, version } = npmPackages[key];
    if (without.includes(name)) continue;
    const text = await readLicence(folders, name, version);
    packages.set(text, [...packages.get(text) ?? [], `${name} ${version}`]);
  }
  const blocks = [...packages].map(([text, names]) => `${names.join(", ")}\n\n${text}`);
  return `/*!\nThis script contains:\n\n${blocks.join("\n\n----\n\n").replaceAll("*/", "* /")}\n*/\n`;
}

async function readLicence(folders: readonly string[], name: string, version: string): Promise<string> {
  const texts: string[] = [];
  for (const folder of folders) {
    for (const file of ["LICENSE", "LICENSE.md", "LICENSE.txt", "UNLICENSE", "codec/LICENSE.codec.md"]) {
      try {
        const text = await Deno.readTextFile(`${folder}/${name}/${version}/${file}`);
        texts.push(text.replaceAll("\r\n", "\n").trim());
      } catch (error) {
        if (!(error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory)) throw error;
      }
    }
  }
  if (texts.length > 0) return texts.join("\n\n");
  throw new Error(`Cannot bundle: ${name} ${version} must have a licence in ${folders.join(", ")}, found none`);
}
