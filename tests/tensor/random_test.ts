import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { normalPair } from "../../src/tensor/normal_pair.ts";
import { permuteInto } from "../../src/tensor/permute.ts";
import { philox4x32 } from "../../src/tensor/philox.ts";
import { RandomStream } from "../../src/tensor/random_stream.ts";
import { streamOf } from "../../src/tensor/streams.ts";

// Random123, file tests/kat_vectors, lines "philox4x32 10": counter, key, result.
const KNOWN_ANSWERS = [
  "00000000 00000000 00000000 00000000 00000000 00000000 6627e8d5 e169c58d bc57ac4c 9b00dbd8",
  "ffffffff ffffffff ffffffff ffffffff ffffffff ffffffff 408f276d 41c83b0e a20bc7c6 6d5451fd",
  "243f6a88 85a308d3 13198a2e 03707344 a4093822 299f31d0 d16cfe09 94fdcceb 5001e420 24126ea1",
];

Deno.test("philox4x32: the known answers of Random123", () => {
  for (const line of KNOWN_ANSWERS) {
    const [c0, c1, c2, c3, k0, k1, ...wanted] = line.split(" ").map((word) => parseInt(word, 16));
    const out = new Uint32Array(4);
    philox4x32(c0, c1, c2, c3, k0, k1, out);
    assertEquals([...out], wanted);
  }
});

/** Philox 4x32-10 in bigints, straight from the paper. */
function philoxInBigints(counter: readonly number[], key: readonly number[]): number[] {
  const mask = 0xffffffffn;
  let [c0, c1, c2, c3] = counter.map(BigInt);
  let [k0, k1] = key.map(BigInt);
  for (let round = 0; round < 10; round++) {
    const p0 = 0xd2511f53n * c0;
    const p1 = 0xcd9e8d57n * c2;
    [c0, c1, c2, c3] = [(p1 >> 32n) ^ c1 ^ k0, p1 & mask, (p0 >> 32n) ^ c3 ^ k1, p0 & mask];
    k0 = (k0 + 0x9e3779b9n) & mask;
    k1 = (k1 + 0xbb67ae85n) & mask;
  }
  return [c0, c1, c2, c3].map(Number);
}

Deno.test("philox4x32: equals the definition in bigints on 2,000 blocks, carries included", () => {
  const out = new Uint32Array(4);
  const edges = [0, 1, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffff0000, 0xffffffff];
  for (let i = 0; i < 2000; i++) {
    philox4x32(i, 1, 2, 3, 4, 5, out);
    const words = [...out, Math.imul(i, 0x9e3779b1) >>> 0, edges[i % 8]];
    words[i % 4] = edges[(i >> 3) % 8];
    const [c0, c1, c2, c3, k0, k1] = words;
    philox4x32(c0, c1, c2, c3, k0, k1, out);
    assertEquals([...out], philoxInBigints([c0, c1, c2, c3], [k0, k1]));
  }
});

Deno.test("RandomStream: word i is word i mod 4 of block ⌊i/4⌋ under [block, step, stream] and the seed", () => {
  const seed = 0x12345678 * 1024 + 77; // above 2^32
  const random = new RandomStream(seed, 0x01000009, 42);
  for (let block = 0; block < 5; block++) {
    const wanted = philoxInBigints([block, 0, 42, 0x01000009], [seed % 2 ** 32, Math.floor(seed / 2 ** 32)]);
    for (const word of wanted) assertEquals(random.nextUint32(), word);
  }
  const [word] = philoxInBigints([0, 0, 0, 0], [7, 0]);
  assertEquals(new RandomStream(7, 0).nextUniform(), Math.floor(word / 256) / 2 ** 24);
});

Deno.test("RandomStream: seeds, streams and steps differ; equal ones are equal", () => {
  const draw = (seed: number, stream: number, step?: number) => new RandomStream(seed, stream, step).nextUint32();
  const all = [draw(1, 1, 1), draw(2, 1, 1), draw(1, 2, 1), draw(1, 1, 2), draw(2 ** 32 + 1, 1, 1)];
  assertEquals(new Set(all).size, all.length);
  assertEquals(draw(1, 1), draw(1, 1, 0));
});

Deno.test("RandomStream: refuses what is no seed, stream or step", () => {
  for (const seed of [-1, 1.5, NaN, 2 ** 53]) {
    assertThrows(() => new RandomStream(seed, 0), RangeError, "seed must be an integer >= 0");
  }
  assertThrows(() => new RandomStream(0, 2 ** 32), RangeError, "stream must be");
  assertThrows(() => new RandomStream(0, 0, -1), RangeError, "step must be");
  assertThrows(() => new RandomStream("7" as unknown as number, 0), TypeError, `got "7"`);
});

Deno.test("nextUniform: mean, variance and all 16 cells within 5 standard errors over 100,000 draws", () => {
  const random = new RandomStream(3, 0);
  const n = 100_000;
  const cells = new Array<number>(16).fill(0);
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const u = random.nextUniform();
    assert(u >= 0 && u < 1);
    sum += u;
    squares += (u - 0.5) ** 2;
    cells[Math.floor(u * 16)]++;
  }
  assert(Math.abs(sum / n - 0.5) < 5 * Math.sqrt(1 / 12 / n));
  assert(Math.abs(squares / n - 1 / 12) < 5 * Math.sqrt(1 / 180 / n)); // Var((u − ½)²) = 1/80 − 1/144 = 1/180
  for (const cell of cells) assert(Math.abs(cell - n / 16) < 5 * Math.sqrt(n * 15 / 256));
});

Deno.test("normalPair: the Box-Muller formula to 4e-16 · (1 + |z|), at the corners and on 50,000 random pairs", () => {
  const random = new RandomStream(5, 0);
  const out = new Float64Array(2);
  const edges = [
    0,
    1,
    2,
    0x1fffffff,
    0x20000000,
    0x3fffffff,
    0x40000000,
    0x7fffffff,
    0x80000000,
    0xc0000000,
    0xffffffff,
  ];
  const pairs = edges.flatMap((a) => edges.map((b) => [a, b]));
  for (let i = 0; i < 50_000; i++) pairs.push([random.nextUint32(), random.nextUint32()]);
  let worst = 0;
  for (const [a, b] of pairs) {
    normalPair(a, b, out);
    const radius = Math.sqrt(-2 * Math.log((a + 1) / 2 ** 32));
    const angle = 2 * Math.PI * (b / 2 ** 32);
    // Math.cos of an angle up to 2π carries the rounding of the angle, at most 4.4e-16, times the radius.
    const slack = radius * 4.5e-16;
    worst = Math.max(
      worst,
      (Math.abs(out[0] - radius * Math.cos(angle)) - slack) / (1 + radius),
      (Math.abs(out[1] - radius * Math.sin(angle)) - slack) / (1 + radius),
    );
  }
  assert(worst <= 4e-16, `worst ${worst}`);
});

Deno.test("nextNormal: four moments within 5 standard errors over 100,000 draws", () => {
  const random = new RandomStream(11, 0);
  const n = 100_000;
  const sums = [0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    const z = random.nextNormal();
    for (let k = 0; k < 4; k++) sums[k] += z ** (k + 1);
  }
  const [m1, m2, m3, m4] = sums.map((sum) => sum / n);
  // Var(z) = 1, Var(z²) = 2, Var(z³) = 15, Var(z⁴) = 96
  assert(Math.abs(m1) < 5 * Math.sqrt(1 / n));
  assert(Math.abs(m2 - 1) < 5 * Math.sqrt(2 / n));
  assert(Math.abs(m3) < 5 * Math.sqrt(15 / n));
  assert(Math.abs(m4 - 3) < 5 * Math.sqrt(96 / n));
});

Deno.test("nextInteger: in range, unbiased, and exact for large n", () => {
  const random = new RandomStream(13, 0);
  const counts = [0, 0, 0];
  for (let i = 0; i < 30_000; i++) counts[random.nextInteger(3)]++;
  for (const count of counts) assert(Math.abs(count - 10_000) < 5 * Math.sqrt(30_000 * 2 / 9));
  // 3 · 2^30: without rejection the residues mod 3 of word · n / 2^32 would not be equally frequent.
  const n = 3 * 2 ** 30;
  const thirds = [0, 0, 0];
  for (let i = 0; i < 30_000; i++) {
    const value = random.nextInteger(n);
    assert(Number.isInteger(value) && value >= 0 && value < n);
    thirds[value % 3]++;
  }
  for (const count of thirds) assert(Math.abs(count - 10_000) < 5 * Math.sqrt(30_000 * 2 / 9));
  assertEquals(random.nextInteger(1), 0);
  for (const bad of [0, -1, 1.5, 2 ** 32 + 1]) assertThrows(() => random.nextInteger(bad), RangeError, "n must be");
});

Deno.test("nextInteger: equals Lemire's method in bigints", () => {
  for (const n of [2, 7, 60_000, 2 ** 21 + 1, 2 ** 31 + 1, 2 ** 32 - 1, 2 ** 32]) {
    const random = new RandomStream(17, n % 1000);
    const words = new RandomStream(17, n % 1000);
    for (let i = 0; i < 200; i++) {
      let product: bigint;
      do product = BigInt(words.nextUint32()) * BigInt(n); while (
        (product & 0xffffffffn) < (2n ** 32n - BigInt(n)) % BigInt(n)
      );
      assertEquals(random.nextInteger(n), Number(product >> 32n));
    }
  }
});

Deno.test("permuteInto: a permutation for every length, the same for the same seed and step", () => {
  for (const n of [0, 1, 2, 3, 4, 5, 1000]) {
    const out = new Uint32Array(n);
    permuteInto(out, 7, 3);
    assertEquals([...out].sort((a, b) => a - b), Array.from({ length: n }, (_, i) => i));
    const again = new Uint32Array(n);
    permuteInto(again, 7, 3);
    assertEquals(again, out);
  }
  const orders = new Set<string>();
  for (let step = 0; step < 50; step++) {
    const out = new Uint32Array(1000);
    permuteInto(out, 7, step);
    orders.add(out.join());
  }
  assertEquals(orders.size, 50);
});

Deno.test("permuteInto: Fisher-Yates over the shuffle stream, as written down", () => {
  const random = new RandomStream(2 ** 40 + 9, streamOf("shuffle", 0), 12);
  const wanted = Array.from({ length: 300 }, (_, i) => i);
  for (let i = 299; i > 0; i--) {
    const j = random.nextInteger(i + 1);
    [wanted[i], wanted[j]] = [wanted[j], wanted[i]];
  }
  const out = new Uint32Array(300);
  permuteInto(out, 2 ** 40 + 9, 12);
  assertEquals([...out], wanted);
});

Deno.test("permuteInto: all 24 orders of four equally likely (chi-square over 24,000 epochs)", () => {
  const counts = new Map<string, number>();
  const out = new Uint32Array(4);
  for (let step = 0; step < 24_000; step++) {
    permuteInto(out, 1, step);
    counts.set(out.join(), (counts.get(out.join()) ?? 0) + 1);
  }
  assertEquals(counts.size, 24);
  let chiSquare = 0;
  for (const count of counts.values()) chiSquare += (count - 1000) ** 2 / 1000;
  assert(chiSquare < 60, `${chiSquare}`); // 23 degrees of freedom: above 60 with probability 4e-5
});

Deno.test("streamOf: purpose · 2^24 + id", () => {
  assertEquals(streamOf("init", 0), 0);
  assertEquals(streamOf("shuffle", 0), 2 ** 24);
  assertEquals(streamOf("dropout", 5), 2 * 2 ** 24 + 5);
  assertEquals(streamOf("noise", 0), 3 * 2 ** 24);
  assertEquals(streamOf("search", 2 ** 24 - 1), 5 * 2 ** 24 - 1);
  assertThrows(() => streamOf("init", 2 ** 24), RangeError, "id must be an integer from 0 to 16777215");
  assertThrows(() => streamOf("other" as "init", 0), RangeError, "purpose must be one of init, shuffle");
  assertAlmostEquals(new RandomStream(0, streamOf("search", 2 ** 24 - 1)).nextUniform(), 0.5, 0.5);
});
