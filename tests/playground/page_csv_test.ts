import { assertEquals, assertThrows } from "@std/assert";
import { readCsv } from "../../tools/playground/page/state/read_csv.ts";
import { en } from "../../tools/playground/strings/en.ts";
import { es } from "../../tools/playground/strings/es.ts";

Deno.test("rows of a pasted text become points: classes by number or name, or values", () => {
  assertEquals(readCsv("x1,x2,y\n0,0.5,1\r\n-1e1,2,0\n\n", en), {
    points: [{ x1: 0, x2: 0.5, y: 1 }, { x1: -10, x2: 2, y: 0 }],
    task: "classes",
  });
  const named = readCsv('"a; b";c;d\n0;1;"no; ""really"""\n2;3;yes', en);
  assertEquals(named, { points: [{ x1: 0, x2: 1, y: 0 }, { x1: 2, x2: 3, y: 1 }], task: "classes" });
  assertEquals(readCsv("1\t2\t0.25\n3\t4\t7", en).task, "regression");
  assertEquals(readCsv("1,2,4\n3,4,0", en).task, "regression", "there are at most 4 classes: 0 to 3");
});

Deno.test("what is no such text is refused in the page's language", () => {
  for (const text of ["", "x1,x2,y", "\n\n"]) assertThrows(() => readCsv(text, en), RangeError, en.csvProblems.empty);
  assertThrows(() => readCsv("0,0,0\n1,2", es), RangeError, "La línea 2 debe tener 3 columnas, pero tiene 2.");
  assertThrows(() => readCsv("a,b,c\n1,<b>,0", en), RangeError, 'line 2 has "<b>"');
  assertThrows(() => readCsv("0,0,0\n1,Infinity,0", en), RangeError, '"Infinity"');
  assertThrows(
    () => readCsv("0,0,a\n0,0,b\n0,0,c\n0,0,d\n0,0,e", en),
    RangeError,
    "at most 4 classes, but there are 5",
  );
  assertThrows(() => readCsv("1,2,0\n".repeat(201), en), RangeError, "at most 200 rows, but there are 201");
});
