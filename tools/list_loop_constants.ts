/**
 * Names the functions of a WebAssembly text that build a vector constant inside a loop.
 *
 * In Deno 2.9 V8 makes such a constant anew at every use, which costs up to four times the speed: load it from memory instead.
 * All zeros and all ones are cheap and not counted.
 *
 * @param text the module as `asc --textFile` writes it, one instruction a line, indented
 * @returns function names, each with the number of such constants
 */
export function listLoopConstants(text: string): Map<string, number> {
  const found = new Map<string, number>();
  let name = "";
  let loopIndents: number[] = [];
  for (const line of text.split("\n")) {
    const indent = line.search(/\S/);
    const func = /^\s*\(func \$(\S+)/.exec(line);
    if (func) {
      name = func[1];
      loopIndents = [];
    }
    loopIndents = loopIndents.filter((loop) => indent > loop);
    if (/^\s*loop\b/.test(line)) loopIndents.push(indent);
    const constant = /^\s*v128\.const i32x4 (.*)$/.exec(line)?.[1].trim().split(/\s+/);
    const isCheap = constant?.every((lane) => /^0x0+$/.test(lane)) || constant?.every((lane) => /^0xf+$/i.test(lane));
    if (constant && !isCheap && loopIndents.length > 0) found.set(name, (found.get(name) ?? 0) + 1);
  }
  return found;
}
