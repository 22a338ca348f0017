/**
 * Checks that the files keep to the architecture in tiers.ts.
 *
 * @module
 */
import { isInDist, OUTSIDE } from "./bundle_library.ts";
import { listImports } from "./list_imports.ts";
import { readTree } from "./read_tree.ts";
import { type Tier, tiers } from "./tiers.ts";

/** No file outside gen/ is longer. */
const MAX_LINES = 400;

/**
 * Lists every breach of the architecture: upward imports, unlisted folders and floors, imports of packages, import cycles and files
 * that are too long.
 *
 * @param files path from the project's root → text; files outside src/, asm/ and mod.ts are ignored
 */
export function checkTiers(files: ReadonlyMap<string, string>, order: readonly Tier[] = tiers): string[] {
  const breaches: string[] = [];
  const edges = new Map<string, string[]>();
  for (const [path, source] of files) {
    if (!/^(src|asm)\//.test(path) && path !== "mod.ts") continue;
    const lines = source.replace(/\n$/, "").split("\n").length;
    if (lines > MAX_LINES && !path.includes("/gen/")) {
      breaches.push(`${path}: has ${lines} lines, at most ${MAX_LINES} allowed`);
    }
    if (path.startsWith("asm/")) continue;
    if (path !== "mod.ts" && !order.some(({ folder }) => folder === folderOf(path))) {
      breaches.push(`${path}: its folder is not listed in tools/tiers.ts`);
    }
    const { floors } = order.find(({ folder }) => folder === folderOf(path)) ?? {};
    if (floors !== undefined && floorOf(path) !== "" && !floors.includes(floorOf(path))) {
      breaches.push(`${path}: its floor is not listed in tools/tiers.ts`);
    }
    const targets: string[] = [];
    for (const specifier of listImports(source)) {
      const target = resolve(path, specifier);
      if (target !== undefined) targets.push(target);
      const breach = judgeImport(path, specifier, target, order);
      if (breach !== undefined) breaches.push(`${path}: imports ${specifier}, ${breach}`);
    }
    edges.set(path, targets);
  }
  return [...breaches, ...listCycles(edges)];
}

/** Says what is wrong with an import, if anything is. */
function judgeImport(
  path: string,
  specifier: string,
  target: string | undefined,
  order: readonly Tier[],
): string | undefined {
  if (path === "mod.ts") {
    return target === undefined ? "which is a package: published code has no dependencies" : undefined;
  }
  if (target === undefined) {
    return specifier.startsWith("node:") ? undefined : "which is a package: published code has no dependencies";
  }
  if (isInDist(target) && OUTSIDE.includes(target)) return undefined;
  if (target === "mod.ts" && order.find(({ folder }) => folder === folderOf(path))?.isBeside) return undefined;
  if (!target.startsWith("src/")) return "which is outside src/";
  const [from, to] = [folderOf(path), folderOf(target)];
  if (from === to) return judgeFloor(path, target, order.find(({ folder }) => folder === from)?.floors);
  const [fromIndex, toIndex] = [from, to].map((name) => order.findIndex(({ folder }) => folder === name));
  if (fromIndex < 0) return undefined; // named already
  if (toIndex < 0) return "which is in an unlisted folder";
  const { mayImport } = order[fromIndex];
  if (order[toIndex].isLeaf && !mayImport?.includes(to)) return `but only mod.ts and examples import ${to}/`;
  if (mayImport) return mayImport.includes(to) ? undefined : `but ${from}/ imports only ${mayImport.join(", ")}`;
  return toIndex > fromIndex ? `but ${to}/ is above ${from}/` : undefined;
}

/** Says what is wrong with an import within one folder, if anything is. */
function judgeFloor(path: string, target: string, floors: readonly string[] | undefined): string | undefined {
  if (floors === undefined) return undefined;
  const [from, to] = [floorOf(path), floorOf(target)];
  const heightOf = (floor: string): number => floor === "" ? floors.length : floors.indexOf(floor);
  return heightOf(to) > heightOf(from) ? `but ${to || "what lies outside of floors"} is above ${from}/` : undefined;
}

/** The floor of a file in its folder of src/; empty for one that lies in the folder itself. */
function floorOf(path: string): string {
  const [, , floor, file] = path.split("/");
  return file === undefined ? "" : floor;
}

function folderOf(path: string): string {
  const [, folder, file] = path.split("/");
  return file === undefined ? "" : folder;
}

/** The path from the root that a relative specifier means; undefined for a package. */
function resolve(path: string, specifier: string): string | undefined {
  if (!/^\.{0,2}\//.test(specifier)) return undefined;
  return new URL(specifier, `file:///${path}`).pathname.slice(1);
}

/** Names one cycle for every import that closes one. */
function listCycles(edges: ReadonlyMap<string, readonly string[]>): string[] {
  const cycles: string[] = [];
  const done = new Set<string>();
  const trail: string[] = [];
  const visit = (path: string): void => {
    const start = trail.indexOf(path);
    if (start >= 0) cycles.push(`import cycle: ${[...trail.slice(start), path].join(" -> ")}`);
    if (start >= 0 || done.has(path)) return;
    trail.push(path);
    for (const target of edges.get(path) ?? []) visit(target);
    trail.pop();
    done.add(path);
  };
  for (const path of edges.keys()) visit(path);
  return cycles;
}

if (import.meta.main) {
  Deno.chdir(new URL("..", import.meta.url));
  const files = await readTree(["src", "asm"]);
  files.set("mod.ts", await Deno.readTextFile("mod.ts"));
  const breaches = checkTiers(files);
  for (const breach of breaches) console.error(breach);
  console.log(`${files.size} files, ${breaches.length} breaches of the architecture`);
  if (breaches.length > 0) Deno.exit(1);
}
