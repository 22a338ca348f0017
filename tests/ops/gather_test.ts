import { assertEquals } from "@std/assert";
import { runOp } from "./run_op.ts";

const numbers = (shape: number[], data: number[]) => ({ shape, data: Float32Array.from(data) });

Deno.test("gather gives NaN for what is no row, and its gradient passes that over", () => {
  const table = numbers([3, 5], Array.from({ length: 15 }, (_, i) => i));
  const given = [0, 2, -1, 3, 0.5, NaN, Infinity, -Infinity, 4294967296, 1];
  const { y, strayWrites } = runOp("gather", [table, numbers([10], given)], {});
  assertEquals(strayWrites, []);
  const rows = given.map((_, i) => [...y.slice(5 * i, 5 * i + 5)]);
  const nothing = new Array(5).fill(NaN);
  assertEquals(rows, [[0, 1, 2, 3, 4], [10, 11, 12, 13, 14], ...new Array(7).fill(nothing), [5, 6, 7, 8, 9]]);
  for (const ranks of [1, 2, 3]) {
    const dy = numbers([10, 5], Array.from({ length: 50 }, (_, i) => i + 1));
    const dtable = runOp("scatter_rows", [dy, numbers([10], given)], { rows: 3 }, { ranks });
    assertEquals(dtable.strayWrites, []);
    assertEquals([...dtable.y], [1, 2, 3, 4, 5, 46, 47, 48, 49, 50, 6, 7, 8, 9, 10]);
  }
});
