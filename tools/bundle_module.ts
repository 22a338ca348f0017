import { compileEagerly } from "./compile_eagerly.ts";
import { dropInnerNames } from "./drop_inner_names.ts";

/** Options of `bundleModule`. */
export interface BundleOptions {
  /** Files, as paths from the root, that stay imports. Their specifiers become absolute paths. */
  external?: readonly string[];
  /** Whether to make the text short: classes and exported functions keep their names, lines and all other names go. Default false. */
  minify?: boolean;
}

/**
 * Bundles a module and all it imports into the text of one ES module. Types and comments go, names and lines stay, unless `minify` is set.
 *
 * The bundler is `deno bundle`, run as a command: `Deno.bundle` needs --unstable-bundle. The same files give the same text:
 * the bundler comes with the pinned Deno, and paths are relative to the current folder, which must be the root.
 *
 * @param entry path of the module
 * @throws Error if it cannot be bundled
 */
export async function bundleModule(
  entry: string,
  { external = [], minify = false }: BundleOptions = {},
): Promise<string> {
  const args = ["bundle", "--quiet", "--platform=browser", ...(minify ? ["--minify", "--keep-names"] : [])];
  for (const path of external) args.push(`--external=${Deno.cwd()}/${path}`);
  const command = new Deno.Command("deno", { args: [...args, entry], stdin: "null", env: { NO_COLOR: "1" } });
  const { success, stdout, stderr } = await command.output();
  const source = new TextDecoder().decode(stdout);
  if (!success || source === "") {
    throw new Error(`Cannot bundle ${entry}: ${new TextDecoder().decode(stderr).trim() || "the bundler said nothing"}`);
  }
  return minify ? dropInnerNames(compileEagerly(source, startFunctions())) : source;
}

/** The names that `list_start_functions.ts` has written. */
function startFunctions(): ReadonlySet<string> {
  return new Set(Deno.readTextFileSync(new URL("start_functions.txt", import.meta.url)).split("\n"));
}
