import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { tensor } from "../../mod.ts";

const cube = tensor([[[1, 9, 3], [4, 5, 6]], [[7, 0, 8], [2, 11, 11]]]);

Deno.test("argMax: along each axis, from the front and from the end", () => {
  assertEquals(cube.argMax().toArray(), [[1, 0, 1], [0, 1, 1]]);
  assertEquals(cube.argMax(1).toArray(), [[1, 0, 1], [0, 1, 1]]);
  assertEquals(cube.argMax(2).toArray(), [[1, 2], [2, 1]]); // of equal ones the first
  for (const axis of [0, 1, 2]) assertEquals(cube.argMax(axis - 3), cube.argMax(axis));
  assertEquals(tensor([3, 1, 4, 1, 5]).argMax().toArray(), 4);
  assertEquals(tensor([-3, -1, -4]).argMax(-1).shape, []);
  assertThrows(() => cube.argMax(3), RangeError, "it must be an integer from -3 to 2, got 3");
  assertThrows(() => cube.argMax(0.5), RangeError, "got 0.5");
  assertThrows(() => tensor(5).argMax(), RangeError, "there is none");
});

Deno.test("get: one number", () => {
  assertEquals(cube.get(0, 0, 1), 9);
  assertEquals(cube.get(1, 0, 2), 8);
  assertEquals(tensor(5).get(), 5);
  assertThrows(() => cube.get(1, 0), TypeError, "shape [2, 2, 3] takes 3 indices, got 2");
  assertThrows(
    () => cube.get(0, 2, 0),
    RangeError,
    "index 1 must be an integer from 0 to 1 for shape [2, 2, 3], got 2",
  );
  assertThrows(() => cube.get(0, -1, 0), RangeError, "got -1");
  assertThrows(() => cube.get(0, 0.5, 0), RangeError, "got 0.5");
});

Deno.test("arraySync, dataSync, size, rank", () => {
  assertEquals(cube.arraySync(), cube.toArray());
  assertStrictEquals(cube.dataSync(), cube.data);
  assertEquals([cube.size, cube.rank, tensor(5).size, tensor(5).rank], [12, 3, 1, 0]);
});

Deno.test("print shows what console.log shows", () => {
  const lines: unknown[] = [];
  const log = console.log;
  console.log = (...values) => lines.push(...values);
  try {
    cube.print();
  } finally {
    console.log = log;
  }
  assertEquals(lines, [cube.toString()]);
});

Deno.test("nested arrays are of the type that the caller expects", () => {
  const rows: number[][] = tensor([[1, 2], [3, 4]]).toArray();
  const numbers: number[] = tensor([1, 2]).arraySync();
  const one: number = tensor(7).toArray();
  assertEquals([rows[1][0], numbers[1], one], [3, 2, 7]);
});
