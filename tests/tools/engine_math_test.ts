import { assertEquals } from "@std/assert";
import { readTree } from "../../tools/read_tree.ts";

/** Of the trainer: what enters the bits of weights. Formulas and references are evaluated in float64 by tests only. */
const FOLDERS = [
  "initializers",
  "regularizers",
  "constraints",
  "schedules",
  "evolution",
  "optimizers",
  "layers",
  "program",
  "training",
  "tensor",
];
/** Functions whose last bit ECMAScript leaves to the engine. √ is exact, and so are the powers of two. */
const ENGINE_MATH =
  /Math\.(pow|exp|expm1|log|log1p|log2|log10|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|cbrt|hypot)\(|(?<!\b2) \*\* /;

Deno.test("no function whose last bit is the engine's choice enters the weights", async () => {
  const guilty: string[] = [];
  for (const [path, text] of await readTree(FOLDERS.map((folder) => `src/${folder}`))) {
    text.split("\n").forEach((line, i) => {
      if (!/^\s*(\*|\/\*\*|\/\/)/.test(line) && ENGINE_MATH.test(line)) guilty.push(`${path}:${i + 1}: ${line.trim()}`);
    });
  }
  assertEquals(guilty, []);
});
