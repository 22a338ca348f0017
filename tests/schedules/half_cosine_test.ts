import { assertAlmostEquals, assertEquals } from "@std/assert";
import { halfCosine } from "../../src/schedules/half_cosine.ts";

Deno.test("halfCosine: ends and middle are exact, and it agrees with Math.cos", () => {
  assertEquals([halfCosine(0), halfCosine(0.5), halfCosine(1)], [1, 0.5, 0]);
  for (let i = 0; i <= 1000; i++) {
    assertAlmostEquals(halfCosine(i / 1000), 0.5 * (1 + Math.cos(Math.PI * i / 1000)), 3e-16);
  }
});

Deno.test("halfCosine: known values", () => {
  assertAlmostEquals(halfCosine(1 / 3), 0.75, 3e-16);
  assertAlmostEquals(halfCosine(2 / 3), 0.25, 3e-16);
  assertAlmostEquals(halfCosine(0.25), 0.5 + Math.SQRT1_2 / 2, 3e-16);
  assertAlmostEquals(halfCosine(0.75), 0.5 - Math.SQRT1_2 / 2, 3e-16);
});
