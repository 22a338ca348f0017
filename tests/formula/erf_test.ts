import { assert } from "@std/assert";
import { erf } from "../../src/formula/erf.ts";

// mpmath.erf with 40 digits, rounded to float64.
const known: [number, number][] = [
  [5e-324, 5e-324],
  [1e-310, 1.1283791670955e-310],
  [1e-300, 1.1283791670955126e-300],
  [1e-20, 1.1283791670955125e-20],
  [1e-10, 1.1283791670955126e-10],
  [1e-05, 1.1283791670579e-05],
  [0.001, 0.0011283787909692365],
  [0.1, 0.1124629160182849],
  [0.25, 0.27632639016823696],
  [0.5, 0.5204998778130465],
  [0.75, 0.7111556336535151],
  [0.9999999999999999, 0.8427007929497148],
  [1, 0.8427007929497149],
  [1.0000000000000002, 0.842700792949715],
  [1.25, 0.9229001282564583],
  [1.5, 0.9661051464753108],
  [1.77, 0.9876909422243223],
  [1.9999999999999998, 0.9953222650189527],
  [2, 0.9953222650189527],
  [2.25, 0.9985372834133188],
  [2.5, 0.999593047982555],
  [3, 0.9999779095030014],
  [3.5, 0.9999992569016276],
  [4, 0.9999999845827421],
  [5, 0.9999999999984626],
  [5.5, 0.9999999999999927],
  [5.9, 0.9999999999999999],
  [6, 1],
  [7, 1],
  [100, 1],
];

for (const sign of [1, -1]) {
  Deno.test(`erf of ${sign > 0 ? "positive" : "negative"} numbers is within 1e-15 of the known values`, () => {
    for (const [x, exact] of known) {
      const error = Math.abs(erf(sign * x) - sign * exact);
      assert(error <= Math.max(1e-15 * exact, 5e-324), `erf(${sign * x}) = ${erf(sign * x)}, must be ${sign * exact}`);
    }
  });
}

Deno.test("erf keeps the sign of zero, saturates at infinity and passes NaN on", () => {
  const cases = [[0, 0], [-0, -0], [Infinity, 1], [-Infinity, -1], [NaN, NaN]];
  for (const [x, exact] of cases) assert(Object.is(erf(x), exact), `erf(${x}) = ${erf(x)}, must be ${exact}`);
});

Deno.test("erf has the slope 2/sqrt(pi) exp(-x^2), also where its formulas meet", () => {
  for (const x of [0.3, 1, 2, 3]) {
    const step = 1e-4;
    const slope = (erf(x + step) - erf(x - step)) / (2 * step);
    const exact = 2 / Math.sqrt(Math.PI) * Math.exp(-x * x);
    assert(Math.abs(slope - exact) < 1e-8, `slope at ${x} is ${slope}, must be ${exact}`);
  }
});
