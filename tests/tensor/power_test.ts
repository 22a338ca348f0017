import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { power } from "../../src/tensor/power.ts";

Deno.test("power: exact where it can be", () => {
  assertEquals(
    [power(0, 0), power(0, 0.5), power(0, 3), power(1, 0.3), power(0.1, 1), power(2, 10), power(0.5, 3)],
    [1, 0, 0, 1, 0.1, 1024, 0.125],
  );
});

Deno.test("power: within its bound of Math.pow, for bases and exponents of schedules", () => {
  const base = fc.double({ min: 1e-6, max: 100, noNaN: true });
  const exponent = fc.double({ min: 0, max: 100, noNaN: true });
  fc.assert(
    fc.property(base, exponent, (b, e) => {
      const wanted = b ** e;
      const bound = (5 + 2 * e) * 2 ** -53 * (1 + (e - Math.floor(e)) * Math.abs(Math.log(b)));
      assert(Math.abs(power(b, e) - wanted) <= bound * wanted, `${b} ^ ${e}: ${power(b, e)}, wanted ${wanted}`);
    }),
    { numRuns: 2000 },
  );
});
