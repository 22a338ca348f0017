/**
 * Takes the names of inner functions out of a bundle that was made with `--minify --keep-names`: the calls `s(ab,"checkOptions");` behind
 * function declarations. There are more than a thousand of them, each runs at every start, and together they take 4 ms. Classes
 * keep their names, and so do functions that the bundle or a namespace in it exports.
 *
 * @param source the text of the bundle
 * @throws Error if the bundler writes names in another form than this one
 */
export function dropInnerNames(source: string): string {
  const helper = /var ([\w$]{1,4})=\(\w,\w\)=>[\w$]{1,4}\(\w,"name",\{value:\w,configurable:!0\}\)/.exec(source)?.[1];
  if (helper === undefined) throw new Error("Cannot drop names: the bundle must set them by a function of its own");
  const exported = new Set<string>();
  // Names are short in a minified text; without a limit, searches in long texts would take for ever.
  for (const [, local] of source.matchAll(/[{,][\w$]{1,60}:\(?\(\)=>([\w$]{1,4})(?=[,)}])/g)) exported.add(local);
  for (const [, list] of source.matchAll(/export\{([^{}"]{1,9999})\}/g)) {
    for (const each of list.split(",")) exported.add(each.split(" as ")[0]);
  }
  const call = new RegExp(`(?<=[;}])${helper.replaceAll("$", "\\$")}\\(([\\w$]{1,4}),"[\\w$]{1,60}"\\);`, "g");
  return source.replace(call, (text, local) => exported.has(local) ? text : "");
}
