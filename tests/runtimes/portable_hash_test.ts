import { assertEquals } from "@std/assert";
import * as library from "../../mod.ts";
import { EPOCHS, LATER_HASHES, PORTABLE_HASH } from "./train/portable_hash.ts";
import { trainMix } from "./train/train_mix.js";

const numerics = "portable";

for (const workers of [1, 2]) {
  Deno.test(`portable training gives the committed hash with ${workers} threads; tests/runtimes/matrix.ts asks other runtimes`, async () => {
    const { hash, later } = await trainMix(library, { numerics, workers, epochs: EPOCHS, files: null });
    assertEquals(hash, PORTABLE_HASH);
    assertEquals(later, LATER_HASHES);
  });
}

Deno.test("portable training gives the committed hash when it is saved, loaded and continued with other workers", async () => {
  const { files } = await trainMix(library, { numerics, workers: 2, epochs: EPOCHS / 2, files: null });
  const { hash, later } = await trainMix(library, { numerics, workers: 1, epochs: EPOCHS / 2, files });
  assertEquals(hash, PORTABLE_HASH);
  assertEquals(later, LATER_HASHES);
});

/** Activations that no gradient passes. */
const WITHOUT_GRADIENT = ["sign", "step"];

Deno.test("the mix that is trained has every activation and every schedule", async () => {
  const mix = await Deno.readTextFile(new URL("train/train_mix.js", import.meta.url));
  const named = (name: string): boolean => new RegExp(`["'.]${name}["'(]`).test(mix);
  const camel = (name: string): string => name.replaceAll(/_(\w)/g, (_, c) => c.toUpperCase());
  const snake = (name: string): string => name.replaceAll(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);
  const missing = [
    ...Object.keys(library.activations).filter((name) => !WITHOUT_GRADIENT.includes(name)),
    ...Object.keys(library.schedules),
  ]
    .filter((name) => !named(name) && !named(snake(name)) && !named(camel(name)));
  assertEquals(missing, []);
});
