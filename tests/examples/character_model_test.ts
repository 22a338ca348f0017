import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { main } from "../../examples/character_model.ts";
import { continueText } from "../../examples/characters/continue_text.ts";
import { drawIndex } from "../../examples/characters/draw_index.ts";
import { numberText } from "../../examples/characters/number_text.ts";
import { createRandom } from "../../examples/random/create_random.ts";
import { loadStepper } from "../../src/edge/sequences.ts";
import { inFolder } from "../files/in_folder.ts";

Deno.test("characters: the text is 23 chapters with 66 different characters, numbered by code point", async () => {
  const { alphabet, numbers } = numberText(await Deno.readTextFile("examples/data/pride_and_prejudice.txt"));
  assertEquals([alphabet.length, alphabet[0], alphabet[65], numbers.length], [66, "\n", "z", 229805]);
  assertEquals(Array.from(numbers.subarray(0, 5), (i) => alphabet[i]).join(""), "It is");
  assertEquals(numberText("a\r\nb🙂a"), { alphabet: ["\n", "a", "b", "🙂"], numbers: Uint16Array.of(1, 0, 2, 3, 1) });
  assertThrows(() => numberText("aaa"), Error, "2 to 1000 different characters, got 1");
});

Deno.test("characters: what is drawn follows the shares, the sharper the colder", () => {
  const random = createRandom(1);
  const count = (shares: number[], temperature: number) => {
    const counts = shares.map(() => 0);
    for (let i = 0; i < 10_000; i++) counts[drawIndex(shares, temperature, random)]++;
    return counts;
  };
  // Binomial with n = 10,000: five standard deviations of 0.25 · 10,000 are 217.
  const near = (counts: number[], wanted: number[]) =>
    counts.forEach((n, i) => assert(Math.abs(n - 10_000 * wanted[i]) < 220, `${counts}`));
  near(count([0.25, 0, 0.75], 1), [0.25, 0, 0.75]);
  near(count([0.25, 0, 0.75], 0.5), [0.1, 0, 0.9]);
  near(count([0.25, 0, 0.75], 1e9), [0.5, 0, 0.5]);
  assertEquals(count([1e-30, 3e-30], 0.001), [0, 10_000]);
});

Deno.test("characters: a text is continued from its start, as the model reads", () => {
  const read: number[] = [];
  const reader = {
    // The next letter of the alphabet comes next.
    step: (index: number) => (read.push(index), [0, 1, 2].map((i) => i === (index + 1) % 3 ? 1 : 0)),
    reset: () => read.splice(0),
  };
  const writing = { alphabet: ["a", "b", "c"], start: "?ab", count: 4, temperature: 1, random: () => 0.5 };
  assertEquals([...continueText(reader, writing)].join(""), "cabc");
  assertEquals(read, [0, 1, 2, 0, 1, 2]);
  assertThrows(() => [...continueText(reader, { ...writing, start: "?" })], RangeError, 'got "?"');
});

Deno.test("characters: a short run learns more than frequencies, writes, and its compiled step gives the same", async () => {
  await inFolder(async (folder) => {
    const lines: string[] = [];
    const [text, compiled] = [`${folder}/text.txt`, `${folder}/characters.safetensors`];
    await Deno.writeTextFile(text, "the cat sat on the mat. the dog sat on the log.\n".repeat(60));
    const flags = [
      `--text=${text}`,
      "--steps=150",
      "--lr=0.02",
      "--units=32",
      "--batch=8",
      "--length=32",
      "--start=the c",
      "--count=30",
    ];
    const bits = await main([...flags, "--temperature=0.1", `--compile=${compiled}`], (text) => lines.push(text));
    assert(bits !== null && bits < 1.5, lines.join("\n"));
    const written = lines.find((line) => line.startsWith("the c"))!.trimEnd();
    assert(/^the cat sat on the (mat|log)\./.test(written), lines.join("\n"));
    const stepper = loadStepper(await Deno.readFile(compiled));
    const alphabet = stepper.outputs[0].labels!;
    const reader = { step: (index: number) => stepper.step(index) as number[], reset: () => stepper.reset() };
    const again = { alphabet, start: "the c", count: 30, temperature: 0.1, random: createRandom(1) };
    assertEquals(`the c${[...continueText(reader, again)].join("")}`.trimEnd(), written);
  });
  await assertRejects(() => main(["--text=/tmp/none.txt"]), Error, "there is no file /tmp/none.txt");
});
