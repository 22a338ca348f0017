import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { placeBuffers } from "../../src/program/place_buffers.ts";

const lifetimes = fc.array(
  fc.record({
    elements: fc.nat(200),
    first: fc.integer({ min: -1, max: 20 }),
    length: fc.oneof(fc.nat(6), fc.constant(Infinity)),
  })
    .map(({ elements, first, length }) => ({ elements, first, last: first + length })),
  { maxLength: 40 },
);

Deno.test("buffers that live at the same time are apart, at cache lines, within the size", () => {
  fc.assert(
    fc.property(lifetimes, (list) => {
      const { offsets, elements } = placeBuffers(list);
      assertEquals(offsets.length, list.length);
      list.forEach((a, i) => {
        assert(offsets[i] % 16 === 0 && offsets[i] >= 0);
        assert(offsets[i] + a.elements <= elements);
        list.forEach((b, j) => {
          if (i >= j || a.first > b.last || b.first > a.last) return;
          assert(
            offsets[i] + a.elements <= offsets[j] || offsets[j] + b.elements <= offsets[i],
            `${i} and ${j} overlap`,
          );
        });
      });
    }),
    { seed: 1, numRuns: 1000 },
  );
});

Deno.test("the size is never above that of all buffers side by side, nor below what lives at one time", () => {
  const round = (n: number): number => Math.ceil(n / 16) * 16;
  fc.assert(
    fc.property(lifetimes, (list) => {
      const { elements } = placeBuffers(list);
      assert(elements <= list.reduce((sum, { elements }) => sum + round(elements), 0));
      for (let t = -1; t <= 20; t++) {
        const alive = list.filter((l) => l.first <= t && t <= l.last).reduce(
          (sum, { elements }) => sum + round(elements),
          0,
        );
        assert(elements >= alive, `at ${t}`);
      }
    }),
    { seed: 2, numRuns: 500 },
  );
});

Deno.test("a chain of layers takes the memory of two", () => {
  // Each buffer is written by one instruction and read by the next: two live at any time.
  const chain = Array.from({ length: 50 }, (_, i) => ({ elements: 1000, first: i, last: i + 1 }));
  assertEquals(placeBuffers(chain).elements, 2 * 1008);
});
