import { assertEquals } from "@std/assert";
import { readTree } from "../../tools/read_tree.ts";

/** Calls whose number of arguments is that of an array: engines take some 65,000 of them, and then throw. */
const SPREAD =
  /(\.(push|unshift|splice|concat|fromCharCode|fromCodePoint|of|hypot)|Math\.(max|min))\((?!\.\.\.\w+:)([^()]|\([^()]*\))*?\.\.\.(?!\w+:)/;
/** Arrays that cannot be long, and why. */
const SHORT: Readonly<Record<string, string>> = {
  "examples/flags/read_flags.ts": "the flags of a command",
  "src/edge/javascript_engine.ts": "an array and a place in it",
  "src/files/to_base64.ts": "a piece of fixed length",
  "src/text/copy_string.ts": "a piece of fixed length",
  "src/ops/cost_of_pass.ts": "the inputs of one operation",
  "src/optimizers/muon.ts": "the shape of a variable",
  "src/program/order_nodes.ts": "the inputs of one operation",
  "src/search/report/write_table.ts": "the names of the parameters",
};

/** What stands in a list or an object is no argument: push([...a]), push({ ...a }). */
function isSpread(line: string): boolean {
  let [text, shorter] = ["", line];
  while (text !== shorter) [text, shorter] = [shorter, shorter.replace(/\[[^\[\]]*\]|(?<=[(,:] ?)\{[^{}]*\}/g, "")];
  return SPREAD.test(text) && !/^\s*(\*|\/\*\*|\/\/)/.test(line);
}

Deno.test("no array that may be as long as the data is spread into the arguments of a call", async () => {
  const guilty: string[] = [];
  for (const [path, text] of await readTree(["src", "examples"])) {
    if (path.includes("/gen/") || Object.hasOwn(SHORT, path)) continue;
    text.split("\n").forEach((line, i) => {
      if (isSpread(line)) guilty.push(`${path}:${i + 1}: ${line.trim()}`);
    });
  }
  assertEquals(guilty, []);
});

Deno.test("the pattern finds such calls, and no others", () => {
  const calls = [
    "a.push(...b)",
    "a.push(1, ...f(x))",
    "if (a) { a.push(...b); }",
    "Math.max(0, ...a)",
    "String.fromCharCode(...b.subarray(1, 2))",
  ];
  const others = [
    "a.push([...b, [c]])",
    "a.push({ x: 1, ...b })",
    "push(...values: number[])",
    "[...a].push(b)",
    "f(...a)",
    "Math.max(a, b), [...c]",
  ];
  assertEquals(calls.filter((line) => !isSpread(line)), []);
  assertEquals(others.filter(isSpread), []);
});
