import { assertEquals, assertThrows } from "@std/assert";
import { encodeTable, keepVarying } from "../../examples/csv/encode_table.ts";
import { readTable } from "../../examples/csv/read_table.ts";

const encode = (text: string, target = "class", drop?: string[]) => encodeTable(readTable(text), target, drop);

Deno.test("encoding: numbers stay, texts become one feature each, classes are sorted", () => {
  const { features, x, y, labels } = encode("size,class,colour\n1.5,dog,red\n-2e1,cat,blue\n.5,dog,red\n");
  assertEquals(features, [
    { column: "size", category: null },
    { column: "colour", category: "blue" },
    { column: "colour", category: "red" },
  ]);
  assertEquals(x, [[1.5, 0, 1], [-20, 1, 0], [0.5, 0, 1]]);
  assertEquals(labels, ["cat", "dog"]);
  assertEquals(y, [1, 0, 1]);
});

Deno.test("encoding: numbers as classes are sorted by size, a column of numbers and texts is text", () => {
  const { labels, features } = encode("class,v\n10,1\n9,two\n");
  assertEquals(labels, ["9", "10"]);
  assertEquals(features.map(({ category }) => category), ["1", "two"]);
});

Deno.test("encoding: columns may be left out, and names such as __proto__ are plain names", () => {
  assertEquals(encode("id,__proto__,class\nx1,1,a\nx2,2,b\n", "class", ["id"]).features, [
    { column: "__proto__", category: null },
  ]);
  assertEquals(encode("v,class\n1,__proto__\n2,constructor\n").labels, ["__proto__", "constructor"]);
});

Deno.test("encoding: features without variation go", () => {
  const all = encode("a,b,class\n1,7,x\n2,7,y\n2,8,y\n");
  const kept = keepVarying(all, [0, 1]);
  assertEquals(kept.features.map(({ column }) => column), ["a"]);
  assertEquals(kept.x, [[1], [2], [2]]);
  assertThrows(() => keepVarying(all, [1]), Error, "at least one column whose values differ");
});

Deno.test("encoding: bad tables are named", () => {
  const many = (count: number): string => Array.from({ length: count }, (_, i) => `t${i},${i % 2}`).join("\n");
  const cases: [string, string][] = [
    ["a,b\n1,2\n", 'there is no column "class"; columns are: a, b'],
    ["a,class\n1,x\n2,x\n", "at least two classes, all are"],
    ["a,class\n1,x\n,y\n", 'line 3, column "a": the value is missing'],
    ["a,class\n1,x\n\nNA,y\n", 'line 4, column "a": the value is missing ("NA")'],
    ["a,class\n1,x\n2,\n", 'line 3, column "class": the value is missing'],
    ["a,class\nred,x\n,y\n", 'line 3, column "a": the value is missing'],
    ["a,class\n1e39,x\n2,y\n", 'line 2, column "a": 1e39 is too large'],
    [`t,class\n${many(51)}\n`, 'text column "t" has 51 different texts, at most 50'],
    ["class\nx\ny\n", "at least one column besides the target"],
    [`class,t\n${many(101)}\n`, "101 different values, at most 100 classes"],
  ];
  for (const [text, message] of cases) assertThrows(() => encode(text), Error, message);
  assertEquals(encode(`t,class\n${many(50)}\n`).features.length, 50);
});
