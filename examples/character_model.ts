/**
 * Learns to continue a text character by character: an LSTM reads chapters of "Pride and Prejudice", or a text of your own, and writes more of it.
 *
 *   deno run --allow-read=examples/data examples/character_model.ts
 *
 * @module
 */
import {
  compileStepper,
  layers,
  optimizers,
  plot,
  schedules,
  type Sequential,
  sequential,
  stepper,
  tensor,
} from "retroprop";
import { continueText } from "./characters/continue_text.ts";
import { type NumberedText, numberText } from "./characters/number_text.ts";
import { describeFlags, type FlagValues, readFlags } from "./flags/read_flags.ts";
import { createRandom } from "./random/create_random.ts";

const COMMAND = {
  usage: "Trains an LSTM to guess the next character of a text, a tenth of which is held out, and lets it write.\n\n" +
    "  deno run --allow-read=examples/data examples/character_model.ts [flags]",
  flags: {
    text: { default: "", help: "a text of your own, a file of UTF-8" },
    units: { default: 128, min: 1, isInteger: true, help: "units of the LSTM" },
    steps: { default: 2000, min: 1, isInteger: true, help: "training steps" },
    batch: { default: 16, min: 1, isInteger: true, help: "pieces of the text in a step" },
    length: { default: 64, min: 2, isInteger: true, help: "characters of a piece" },
    lr: { default: 0.01, min: 0, help: "learning rate of adam at its start; it falls to 0" },
    start: { default: '"My dear', help: "what it continues" },
    count: { default: 400, min: 1, isInteger: true, help: "how many characters it writes" },
    temperature: { default: 0.6, min: 0.01, max: 10, help: "1 is as varied as the text, less is safer" },
    seed: { default: 1, min: 0, isInteger: true, help: "fixes pieces, initial weights and what it writes" },
    save: { default: "", help: "where to write the model: a .safetensors file, from which training can go on" },
    compile: {
      default: "",
      help: "where to write it for one character at a time alone; the page in examples/characters reads it",
    },
    quiet: { default: false, help: "print only the result" },
  },
} as const;

/** The settings of a run. */
export type CharacterOptions = FlagValues<typeof COMMAND.flags>;

/** Chapters of "Pride and Prejudice"; examples/data/README.md says where they are from. */
const NOVEL = new URL("data/pride_and_prejudice.txt", import.meta.url);
/** The share of the text, its end, that is not trained with. */
const HELD_OUT = 0.1;
/** Losses of so many steps are one point of the curve. */
const SMOOTHED = 50;

/** What one training gave. */
export interface CharacterResult {
  readonly model: Sequential;
  /** Bits a character of the held-out text: of the model, and of the frequencies of the characters alone. */
  readonly bits: { readonly model: number; readonly frequencies: number };
  /** The loss in bits, the mean of 50 steps each. */
  readonly losses: readonly number[];
  readonly seconds: number;
}

/** An LSTM over characters, which takes sequences of any length. */
function createModel(characters: number, units: number, seed: number): Sequential {
  return sequential([
    layers.embedding({ inputDim: characters, outputDim: 32, inputShape: [null] }),
    layers.lstm({ units, returnSequences: true }),
    layers.dropout({ rate: 0.2 }),
    layers.dense({ units: characters, activation: "softmax" }),
  ], { name: "characters", seed });
}

/** Pieces of a text that begin anywhere, and the same pieces one character later; other ones in every epoch. */
function drawPieces(numbers: Uint16Array, { batch, length, seed }: { batch: number; length: number; seed: number }) {
  const random = createRandom(seed);
  const [x, y] = [new Float32Array(batch * length), new Float32Array(batch * length)];
  function* draw() {
    while (true) {
      for (let row = 0; row < batch; row++) {
        const at = Math.floor(random() * (numbers.length - length));
        x.set(numbers.subarray(at, at + length), row * length);
        y.set(numbers.subarray(at + 1, at + 1 + length), row * length);
      }
      yield { x: tensor(x, [batch, length]), y: tensor(y, [batch, length]) };
    }
  }
  return { [Symbol.iterator]: draw };
}

/** Trains on the beginning of a text, and tests on its end. */
export async function trainCharacters(
  { alphabet, numbers }: NumberedText,
  options: Pick<CharacterOptions, "units" | "steps" | "batch" | "length" | "lr" | "seed">,
): Promise<CharacterResult> {
  const { steps, length, lr, seed } = options;
  const cut = Math.floor(numbers.length * (1 - HELD_OUT));
  const [trained, held] = [numbers.subarray(0, cut), numbers.subarray(cut)];
  if (held.length <= length) {
    throw new Error(`the text must be longer than ${Math.ceil(length / HELD_OUT)} characters, got ${numbers.length}`);
  }
  const model = createModel(alphabet.length, options.units, seed);
  model.compile({
    optimizer: optimizers.adam({
      learningRate: schedules.cosineDecay({ initialLearningRate: lr, decaySteps: steps }),
      globalClipnorm: 1,
    }),
    loss: "sparse_categorical_crossentropy",
  });
  const startedAt = performance.now();
  const epochs = Math.ceil(steps / SMOOTHED);
  const { history } = await model.fit(drawPieces(trained, options), {
    epochs,
    stepsPerEpoch: Math.ceil(steps / epochs),
    verbose: 0,
  });
  const seconds = (performance.now() - startedAt) / 1000;
  // The held-out text in pieces that do not overlap.
  const rows = Math.floor((held.length - 1) / length);
  const take = (from: number) => tensor(Float32Array.from(held.subarray(from, from + rows * length)), [rows, length]);
  const { loss } = model.evaluate(take(0), take(1), { batchSize: 32 });
  return {
    model,
    bits: { model: loss / Math.LN2, frequencies: countBits(trained, held, alphabet.length) },
    losses: history.loss.map((loss) => loss / Math.LN2),
    seconds,
  };
}

/** Bits a character for who knows how often each occurs, and nothing else. */
function countBits(trained: Uint16Array, held: Uint16Array, characters: number): number {
  const counts = new Array<number>(characters).fill(1); // as if each had been seen once more, so that none is impossible
  for (const number of trained) counts[number]++;
  const all = trained.length + characters;
  return held.reduce((sum, number) => sum - Math.log2(counts[number] / all), 0) / held.length;
}

/** Lets a model write. */
export function write(
  model: Sequential,
  alphabet: readonly string[],
  { start, count, temperature, seed }: Pick<CharacterOptions, "start" | "count" | "temperature" | "seed">,
): string {
  const steps = stepper(model);
  const reader = { step: (character: number) => steps.step(character).data, reset: () => steps.reset() };
  return [...continueText(reader, { alphabet, start, count, temperature, random: createRandom(seed) })].join("");
}

/** Runs the program. `print` gets what it says. Returns the bits a character of the held-out text, null after `--help`. */
export async function main(
  args: readonly string[],
  print: (text: string) => void = console.log,
): Promise<number | null> {
  const options = readFlags(args, COMMAND);
  if (options === null) {
    print(describeFlags(COMMAND));
    return null;
  }
  const { start, save, compile, quiet } = options;
  const text = numberText(await readFile(options.text === "" ? NOVEL : options.text));
  const { alphabet, numbers } = text;
  if (!quiet) print(`${numbers.length} characters, ${alphabet.length} different ones`);
  const { model, bits, losses, seconds } = await trainCharacters(text, options);
  if (!quiet) {
    const color = Deno.stdout.isTerminal() && !Deno.noColor;
    const title = `bits a character while training, each point ${SMOOTHED} steps`;
    print(`\n${plot.lossCurve([...losses], { title, color })}\n`);
    print(`${start}${write(model, alphabet, options)}\n`);
  }
  print(
    `held-out text: ${bits.model.toFixed(3)} bits a character (by frequency alone ${bits.frequencies.toFixed(3)}), ` +
      `${model.countParams()} weights, ${options.steps} steps in ${seconds.toFixed(0)} s`,
  );
  if (save !== "") await model.save(save);
  if (compile !== "") await Deno.writeFile(compile, compileStepper(model, { labels: alphabet }));
  return bits.model;
}

async function readFile(path: string | URL): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new Error(`there is no file ${path}`, { cause });
  }
}

if (import.meta.main) {
  try {
    await main(Deno.args);
  } catch (error) {
    console.error(`character_model.ts: ${error instanceof Error ? error.message : error}`);
    Deno.exit(1);
  }
}
