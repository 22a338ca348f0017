import { assert, assertEquals, assertRejects } from "@std/assert";
import { main } from "../../examples/attention_reverse.ts";

Deno.test("attention: after a short run it reverses most letters, and each step attends to the one at the other end", async () => {
  const lines: string[] = [];
  const shares = await main(["--steps=400"], (text) => lines.push(text));
  const text = lines.join("\n");
  assert(shares?.length === 1 && shares[0] > 0.9, text);
  const samples = [...text.matchAll(/^([a-z]{12}) → ([a-z]{12})$/gm)];
  assertEquals(samples.length, 3, text);
  const right = samples.flatMap(([, given, answer]) => [...answer].map((letter, i) => letter === given[11 - i]));
  assert(right.filter(Boolean).length > 24, text);
  assert(/^head 1 +head 2 +head 3 +head 4$/m.test(text), text);
  assertEquals(await main(["--help"], () => {}), null);
  await assertRejects(() => main(["--heads=8", "--width=4"]), Error, "--heads must be at most --width, 4");
});
