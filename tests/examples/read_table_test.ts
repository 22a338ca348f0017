import { assertEquals, assertThrows } from "@std/assert";
import { readTable } from "../../examples/csv/read_table.ts";

Deno.test("table: columns, cells without spaces around them, line numbers past blank lines and breaks in quotes", () => {
  const text = 'a,b\n\n1, x \n"two\nlines","say ""hi"", you"\n\n\n3,z\n';
  assertEquals(readTable(text), {
    columns: ["a", "b"],
    rows: [
      { line: 3, cells: ["1", "x"] },
      { line: 4, cells: ["two\nlines", 'say "hi", you'] },
      { line: 8, cells: ["3", "z"] },
    ],
  });
});

Deno.test("table: Windows line ends, a byte order mark and other separators", () => {
  assertEquals(readTable("\ufeffa;b\r\n\r\n1;2\r\n", ";"), {
    columns: ["a", "b"],
    rows: [{ line: 3, cells: ["1", "2"] }],
  });
  assertEquals(readTable("a\tb\n1\t2", "\t").columns, ["a", "b"]);
});

Deno.test("table: separators, quotes and breaks at the ends", () => {
  assertEquals(readTable("a,b\n,\n1,").rows.map(({ cells }) => cells), [["", ""], ["1", ""]]);
  assertEquals(readTable('"a","b"\r\n"","x"').rows, [{ line: 2, cells: ["", "x"] }]);
  assertEquals(readTable('a,b\n"""",1\n').rows[0].cells, ['"', "1"]);
  assertEquals(readTable('a,b\n"1\r\n2",3\n4,5').rows, [{ line: 2, cells: ["1\r\n2", "3"] }, {
    line: 4,
    cells: ["4", "5"],
  }]);
  assertThrows(() => readTable('a,b\n1,2"3\n'), Error, "line 2 has a quote within a field");
  assertThrows(() => readTable('a,b\n1,2\n"1"2,3\n'), Error, "line 3 goes on behind a closing quote");
});

Deno.test("table: bad files are named", () => {
  assertThrows(() => readTable(""), Error, "empty");
  assertThrows(() => readTable("\n\n"), Error, "empty");
  assertThrows(() => readTable("a,b\n"), Error, "no samples");
  assertThrows(() => readTable("a,b\n1,2\n3\n"), Error, "line 3");
  assertThrows(() => readTable("a,b\n1,2,3\n"), Error, "line 2");
  assertThrows(() => readTable('a,b\n1,"2\n'), Error, "no sound CSV");
  assertThrows(() => readTable("a,,b\n1,2,3\n"), Error, "column 2 has none");
  assertThrows(() => readTable("a,a\n1,2\n"), Error, '"a" is there twice');
});
