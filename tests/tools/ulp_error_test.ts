import { assertAlmostEquals, assertEquals } from "@std/assert";
import { ulpError } from "../../tools/ulp_error.ts";

Deno.test("ulpError counts in the unit of the exact value's binade", () => {
  assertEquals(ulpError(1 + 2 ** -23, 1), 1);
  assertEquals(ulpError(1 - 2 ** -24, 1), 0.5);
  assertEquals(ulpError(-3 - 2 ** -22, -3), 1);
  assertAlmostEquals(ulpError(1.5, 1.5 + 2.25 * 2 ** -23), 2.25, 1e-6);
});

Deno.test("ulpError uses the lower binade when the exact value rounds up to a power of two", () => {
  assertAlmostEquals(ulpError(1 + 2 ** -23, 1 - 2 ** -30), 2 + 2 ** -6, 1e-12);
});

Deno.test("ulpError uses 2^-149 for subnormal values and for zero", () => {
  assertEquals(ulpError(2 ** -148, 2 ** -149), 1);
  assertEquals(ulpError(0, 3 * 2 ** -149), 3);
  assertEquals(ulpError(2 ** -149, 0), 1);
});

Deno.test("ulpError is 0 for the rounded value, infinities and NaN included, and Infinity when one of two is missing", () => {
  assertEquals([ulpError(Math.fround(0.1), 0.1), ulpError(Infinity, 1e39), ulpError(NaN, NaN)], [0, 0, 0]);
  assertEquals([ulpError(Infinity, 1), ulpError(NaN, 1), ulpError(1, NaN), ulpError(3e38, Infinity)].map(String), [
    "Infinity",
    "Infinity",
    "Infinity",
    "Infinity",
  ]);
});
