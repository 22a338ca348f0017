import { assert, assertEquals, assertRejects } from "@std/assert";
import { main } from "../../examples/xor.ts";

async function run(...args: string[]): Promise<string> {
  const lines: string[] = [];
  await main(args, (text) => lines.push(text));
  return lines.join("\n");
}

Deno.test("xor: the lecture's network learns all four and shows it", async () => {
  const text = await run();
  assert(text.includes("4/4 correct"), text);
  assert(text.includes("loss over epochs") && text.includes("└─") && /[⠁-⣿]/.test(text), text);
  const answers = [...text.matchAll(/^ ([01])\s+([01])\s+([01])\s+(0\.\d+)$/gm)].map((match) =>
    match.slice(1).map(Number)
  );
  assertEquals(answers.map(([a, b, wanted]) => [a, b, wanted]), [[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0]]);
  for (const [a, b, , answer] of answers) assertEquals(answer > 0.5, a !== b);
});

Deno.test("xor: --quiet prints one line, and the same seed the same line", async () => {
  const text = await run("--quiet");
  assertEquals(text.split("\n").length, 1);
  assertEquals(await run("--quiet"), text);
  assert(await run("--quiet", "--seed=8") !== text);
});

Deno.test("xor: --runs counts the seeds that reach 4/4", async () => {
  const share = async (...args: string[]): Promise<number> => {
    const match = /(\d+) of (\d+) seeds \((\d+) to (\d+)\) reach 4\/4: (\d+) %/.exec(await run("--quiet", ...args));
    const [solved, runs, first, last, percent] = (match ?? []).slice(1).map(Number);
    assertEquals(last - first + 1, runs);
    assertEquals(percent, Math.round(100 * solved / runs));
    return solved / runs;
  };
  // Two hidden neurons are the fewest that can do it, and often do not; one cannot.
  const seven = await share("--runs=30");
  assert(seven > 0.9, `7 hidden neurons: ${seven}`);
  assertEquals(await share("--runs=10", "--hidden=1"), 0);
});

Deno.test("xor: other optimizers, losses and activations", async () => {
  for (
    const args of [["--optimizer=adam", "--lr=0.1"], ["--loss=mean_squared_error", "--epochs=1000"], [
      "--activation=tanh",
      "--lr=1",
    ]]
  ) {
    assert((await run("--quiet", ...args)).includes("4/4 correct"), args.join(" "));
  }
});

Deno.test("xor: bad flags and names are named", async () => {
  await assertRejects(() => run("--hiden=3"), Error, "there is no flag --hiden");
  await assertRejects(() => run("--activation=sigmod"), RangeError, 'did you mean "sigmoid"');
  await assertRejects(() => run("--optimizer=sgdd"), RangeError, 'did you mean "sgd"');
  await assertRejects(() => run("--loss=crossentropy"), RangeError, "binary_crossentropy");
});
