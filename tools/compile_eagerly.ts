import { parse } from "./packages/acorn.ts";

/** A node of the syntax tree: what is read of it. */
interface Statement {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly id?: { readonly name: string; readonly start: number; readonly end: number };
}

/** How the bundler writes what a namespace exports: `dense:()=>ab`. All of it is read at the start. */
const GETTER = /([{,][\w$]{1,60}:)(\(\)=>[\w$]{1,4})(?=[,}])/g;

/**
 * Lets V8 compile some functions of a bundle together with the bundle, instead of each when it is first called.
 *
 * A function in parentheses is compiled at once, and what is compiled at once is in the code that Deno keeps from one run to the
 * next. Others are parsed and compiled anew in every process: half of the time between an import and the end of a first small fit. So
 * `function f(…) { … }` becomes `var f = (function (…) { … })`, and all of these stand before everything else, which is where
 * declarations of functions are made anyway. The getters of namespaces get parentheses too. Methods of classes cannot be marked.
 *
 * @param source the text of the bundle, made with `--keep-names`
 * @param names the names of the functions in the sources, as `start_functions.txt` lists them
 */
export function compileEagerly(source: string, names: ReadonlySet<string>): string {
  const { body } = parse(source, { ecmaVersion: "latest", sourceType: "module" }) as unknown as { body: Statement[] };
  const named = new Set<string>();
  // Names are short in a minified text; without a limit, the search in long texts would take for ever.
  for (const [, local, name] of source.matchAll(/(?<=[;}])[\w$]{1,4}\(([\w$]{1,4}),"([\w$]{1,60})"\);/g)) {
    if (names.has(name)) named.add(local);
  }
  const definitions: string[] = [];
  const rest: string[] = [];
  let at = 0;
  for (const { type, start, end, id } of body) {
    if (type !== "FunctionDeclaration" || id === undefined || !named.has(id.name)) continue;
    definitions.push(`${id.name}=(${source.slice(start, id.start).trimEnd()}${source.slice(id.end, end)})`);
    rest.push(source.slice(at, start));
    at = end;
  }
  rest.push(source.slice(at));
  const others = rest.join("").replaceAll(GETTER, "$1($2)");
  return definitions.length === 0 ? others : `var ${definitions.join(",")};${others}`;
}
