/**
 * Takes what is private or protected out of classes. With it only a class's own objects have its type; but models that an entry takes are of the
 * classes in mod.d.ts, which its own file of types declares once more.
 */
export function dropPrivates(types: string): string {
  return types.replace(/^\t#private;\n/gm, "").replace(/^\tprotected [^]*?;\n(?=\t[^\t}]|\})/gm, "");
}
