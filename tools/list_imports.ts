/** Strings first, so that comment marks inside them are not taken for comments. */
const STRING_OR_COMMENT = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;
const STATIC_IMPORT = /^[ \t]*(?:import|export)\b(?:[^;"'`=()]*?\bfrom)?\s*["']([^"'\n]+)["']/gm;
const DYNAMIC_IMPORT = /\bimport\s*\(\s*["']([^"'\n]+)["']/g;

/** Lists the specifiers that a TypeScript file imports or re-exports, statically or dynamically. */
export function listImports(source: string): string[] {
  const text = source.replace(STRING_OR_COMMENT, (found) => found.startsWith("/") ? " " : found);
  return [STATIC_IMPORT, DYNAMIC_IMPORT].flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1]));
}
