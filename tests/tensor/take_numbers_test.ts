import { assertEquals } from "@std/assert";
import { takeNumbers } from "../../src/tensor/take_numbers.ts";

Deno.test("numbers that are taken are zeros of their own, however many are taken", () => {
  const taken = Array.from({ length: 300 }, (_, i) => takeNumbers(1 + (i * 37) % 256));
  taken.forEach((each, i) => {
    assertEquals(each.length, 1 + (i * 37) % 256);
    assertEquals(each.every((value) => value === 0), true, `array ${i} is not zero`);
    each.fill(i + 1);
  });
  taken.forEach((each, i) =>
    assertEquals(each.every((value) => value === i + 1), true, `array ${i} has been overwritten`)
  );
  assertEquals(takeNumbers(257).buffer.byteLength, 4 * 257);
});
