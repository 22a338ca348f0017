import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { readSentences } from "../../examples/sentences/read_sentences.ts";
import { main } from "../../examples/sentiment.ts";

Deno.test("sentiment: 2,982 sentences of three sources, half of them praise", async () => {
  const { texts, labels } = readSentences(await Deno.readTextFile("examples/data/review_sentences.tsv"));
  assertEquals([texts.length, labels.length, labels.reduce((a, b) => a + b)], [2982, 2982, 1490]);
  assertEquals([texts[1], labels[1]], ["Good case, Excellent value.", 1]);
  assertEquals(new Set(texts).size, 2982);
  assertThrows(() => readSentences("a\tb\nc\td\n"), Error, "the first line must name the columns");
  assertThrows(() => readSentences("source\tlabel\tsentence\nx\t2\ty\n"), Error, "line 2 must have a source, 0 or 1");
});

Deno.test("sentiment: after a short run both models know more than half, and judge a sentence", async () => {
  const lines: string[] = [];
  const flags = ["--epochs=5", "--words=1000", "--width=8", "--lr=0.01", "--say=an excellent phone, works great"];
  const means = await main(flags, (text) => lines.push(text));
  const text = lines.join("\n");
  assert(means !== null && means.average > 0.7 && means.lstm > 0.65, text);
  assert(/^praise: (\S+ ){11}\S+$/m.test(text) && /^blame: {2}(\S+ ){11}\S+$/m.test(text), text);
  const said = /^ *(\d+\.\d) % +(\d+\.\d) % {2}an excellent phone, works great$/m.exec(text);
  assert(said !== null && Number(said[1]) > 70 && Number(said[2]) > 50, text);
  assert(/^mean held-out accuracy over 1 seed: average of the words \d\d\.\d %, LSTM \d\d\.\d %$/m.test(text), text);
  await assertRejects(() => main(["--word=3"]), Error, "there is no flag --word");
});
