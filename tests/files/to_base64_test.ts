import { assertEquals } from "@std/assert";
import { toBase64 } from "../../src/files/to_base64.ts";

Deno.test("toBase64 agrees with the engine's own, which some engines lack", () => {
  for (const length of [0, 1, 2, 3, 8189, 8190, 8191, 20_000]) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 31 + (i >> 8)) & 255);
    const wanted = bytes.toBase64();
    assertEquals(toBase64(bytes), wanted);
    const poor = Object.defineProperty(bytes.slice(), "toBase64", { value: undefined });
    assertEquals(toBase64(poor), wanted);
  }
});
