/**
 * Takes out of a bundle's types what the library's types declare too, and imports it from there: a class with private members is another one
 * wherever it is declared, so that a model of the library would be none for the bundle. What then nothing mentions any more goes as well.
 *
 * @param text the types of the bundle: declarations at the beginning of lines, as the bundler of types writes them
 * @param library the types of the library
 * @param specifier how the bundle imports the library
 */
export function shareTypes(text: string, library: string, specifier: string): string {
  const exported = new Map(
    listDeclarations(library).filter((each) => each.isExported).map((each) => [each.name, each]),
  );
  const all = listDeclarations(closeConstructors(text));
  // One of the same name may be another thing.
  const shared = new Set(all.flatMap((each) => {
    const other = each.name === null ? undefined : exported.get(each.name);
    return other !== undefined && meaningOf(closeConstructors(other.text)) === meaningOf(each.text) ? [each.name!] : [];
  }));
  const own = all.filter(({ name }) => name === null || !shared.has(name));
  // From what is exported to all that it mentions.
  const kept = new Set(own.filter(({ name, isExported }) => name === null || isExported));
  const mentioned = new Set<string>();
  const waiting = [...kept];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const [word] of next.text.replace(/\/\*[^]*?\*\//g, "").matchAll(/(?:typeof )?[\w$]+/g)) {
      if (mentioned.has(word)) continue;
      mentioned.add(word);
      for (const each of own) {
        // A type mentions a function only by typeof.
        if ((each.isFunction ? `typeof ${each.name}` : each.name) !== word || kept.has(each)) continue;
        kept.add(each);
        waiting.push(each);
      }
    }
  }
  const imported = [...shared].filter((name) => mentioned.has(name)).sort();
  const again = all.flatMap(({ name, isExported }) => isExported && name !== null && shared.has(name) ? [name] : []);
  const lines = [
    ...imported.length === 0 ? [] : [`import type { ${imported.join(", ")} } from "${specifier}";`],
    ...again.length === 0 ? [] : [`export type { ${[...new Set(again)].sort().join(", ")} } from "${specifier}";`],
  ];
  return [...lines, ...own.filter((each) => kept.has(each)).map((each) => each.text)].join("\n") + "\n";
}

/** Constructors that are nobody's but the library's: what they take is no part of the types. */
function closeConstructors(text: string): string {
  return text.replace(/^(\t\/\*\* @ignore \*\/\n\t)constructor\([^]*?\);$/gm, "$1private constructor();");
}

/** A declaration without comments, and without the numbers that a bundle gives to names that occur twice. */
function meaningOf(declaration: string): string {
  return declaration.replace(/\/\*[^]*?\*\//g, "").replace(/^(?:export |declare )+/gm, "").replace(/\$\d+/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

interface Declaration {
  /** null for what declares nothing, such as \`export {};\`. */
  readonly name: string | null;
  readonly isExported: boolean;
  readonly isFunction: boolean;
  /** With the comment before it. */
  readonly text: string;
}

/** The declarations of a bundle of types, in order. */
function listDeclarations(text: string): Declaration[] {
  const declarations: Declaration[] = [];
  let lines: string[] = [];
  let isComment = false;
  for (const line of text.split("\n")) {
    if (lines.length === 0 && line === "") continue;
    lines.push(line);
    if (/^\/\*/.test(line)) isComment = true;
    if (isComment) {
      isComment = !line.includes("*/");
      continue;
    }
    if (!/^\S.*[;}]$|^[;}]$/.test(line) || /^(?:\/\/)/.test(line)) continue;
    const all = lines.join("\n");
    const code = all.replace(/\/\*[^]*?\*\//g, "");
    const found = /(export )?(?:declare )?(?:abstract )?(class|interface|type|function|const|namespace|enum) ([\w$]+)/
      .exec(code);
    declarations.push({
      name: found?.[3] ?? null,
      isExported: found?.[1] !== undefined,
      isFunction: found?.[2] === "function",
      text: all,
    });
    lines = [];
  }
  return declarations;
}
