import { assert, assertEquals } from "@std/assert";
import {
  compareWithDifferences,
  computeByHand,
  computeByLibrary,
  listFactors,
  main,
  type WorkedExample,
} from "../../examples/worked_example.ts";

/** The lecture's numbers, solved from its slides and computed in float64 elsewhere. */
const LECTURE: WorkedExample = {
  z1: [0.41, 0.47],
  a1: [0.6010878788483698, 0.6153837563911821],
  z2: [1.0197741932588942, 1.2630685203068044],
  yHat: [0.7349286127170142, 0.7795538841677558],
  errors: [0.23456360225922676, 0.014525939201149389],
  error: 0.24908954146037615,
  dw2: [[0.08020312429316064, 0.08211062248733934], [-0.017606525909155426, -0.018025267905473628]],
  dz2: [0.133429947792031, -0.029291101232798013],
  dw1: [[0.0011080579599813645, 0.0055402897999068225], [0.0013402398843400632, 0.006701199421700316]],
  dz1: [0.011080579599813645, 0.013402398843400632],
};

function assertNear(actual: WorkedExample, tolerance: number): void {
  for (const key of Object.keys(LECTURE) as (keyof WorkedExample)[]) {
    const [found, wanted] = [[actual[key]].flat(2), [LECTURE[key]].flat(2)];
    assertEquals(found.length, wanted.length, key);
    wanted.forEach((value, i) => {
      const message = `${key}[${i}] must be ${value} to ${tolerance}, got ${found[i]}`;
      assert(Math.abs(found[i] - value) <= tolerance, message);
    });
  }
}

Deno.test("worked example: every number by hand, in float64, to 1e-12", () => assertNear(computeByHand(), 1e-12));

Deno.test("worked example: every number by the library, in float32, to 1e-6", () =>
  assertNear(computeByLibrary(), 1e-6));

Deno.test("worked example: the factors of w[1][1][1] begin as on the slides", () => {
  // The slides cut after five decimals.
  const cut = (value: number): number => Math.trunc(value * 1e5) / 1e5;
  assertEquals(listFactors(0).map(cut), [0.68492, 0.1948, 0.5, 0.23978, 0.1]);
  assertEquals(listFactors(1).map(cut), [-0.17044, 0.17184, 0.7, 0.23978, 0.1]);
  const products = [0, 1].map((output) => listFactors(output).reduce((product, factor) => product * factor));
  assertEquals(products.map(cut), [0.00159, -0.00049]);
  assert(Math.abs(products[0] + products[1] - 0.0011080579599813645) <= 1e-12);
});

Deno.test("worked example: the library's gradients agree with finite differences", () => {
  assert(compareWithDifferences() < 1e-4);
});

Deno.test("worked example: the program prints the chain of factors", () => {
  const lines: string[] = [];
  main([], (text) => lines.push(text));
  const text = lines.join("\n");
  assert(text.includes("= 0.68492 · 0.19480 · 0.5 · 0.23978 · 0.1 = 0.00159"), text);
  assert(text.includes("= −0.17044 · 0.17184 · 0.7 · 0.23978 · 0.1 = −0.00049"), text);
  assert(text.includes("= 0.00159 − 0.00049 = 0.0011"), text);
  lines.length = 0;
  main(["--help"], (line) => lines.push(line));
  assert(lines.join("").includes("--quiet"));
});
