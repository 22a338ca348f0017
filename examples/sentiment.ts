/**
 * Learns from 2,982 sentences of reviews whether a sentence praises or blames, in two ways: from the average of its words, whose order does not
 * count, and with an LSTM, which reads them one after the other.
 *
 *   deno run --allow-read=examples/data examples/sentiment.ts
 *
 * @module
 */
import { callbacks, layers, optimizers, type Sequential, sequential, type Tensor } from "retroprop";
import { splitSamples } from "./csv/split_samples.ts";
import { describeFlags, type FlagValues, readFlags } from "./flags/read_flags.ts";
import { readSentences, type Sentences } from "./sentences/read_sentences.ts";

const COMMAND = {
  usage:
    "Trains two models to tell praise from blame, on sentences of reviews of which a fifth is held out: the average of the words, and an LSTM.\n\n" +
    "  deno run --allow-read=examples/data examples/sentiment.ts [flags]",
  flags: {
    words: { default: 3000, min: 10, isInteger: true, help: "words that the models know, the most frequent ones" },
    width: { default: 32, min: 1, isInteger: true, help: "numbers that stand for a word, and units of the LSTM" },
    epochs: { default: 30, min: 1, isInteger: true, help: "the most epochs; training stops early" },
    lr: { default: 0.003, min: 0, help: "learning rate of adam" },
    test: { default: 0.2, min: 0.01, max: 0.9, help: "share of the sentences that is held out" },
    seed: { default: 1, min: 0, isInteger: true, help: "fixes the split and the initial weights" },
    seeds: { default: 1, min: 1, max: 100, isInteger: true, help: "how many splits to try, from --seed on" },
    say: { default: "", help: "a sentence of your own, which both models judge" },
    quiet: { default: false, help: "print only the accuracies" },
  },
} as const;

/** The settings of a run. */
export type SentimentOptions = FlagValues<typeof COMMAND.flags>;

/** The longest sentence in words; what is behind is cut off. */
const LENGTH = 40;

const KINDS = { average: "average of the words", lstm: "LSTM" } as const;
/** How a model reads a sentence. */
export type Kind = keyof typeof KINDS;

/** What one training gave. */
export interface SentimentResult {
  readonly model: Sequential;
  /** The words that it knows, the most frequent first. */
  readonly words: readonly string[];
  /** The share of the held-out sentences that it judges as their authors do. */
  readonly accuracy: number;
  readonly epochs: number;
  readonly seconds: number;
}

/** From texts to the share of praise; the words come from the texts that it is to be trained with. */
function createModel(kind: Kind, texts: readonly string[], { words, width }: SentimentOptions, seed: number) {
  const vectorize = layers.textVectorization({ maxTokens: words, outputSequenceLength: LENGTH });
  vectorize.adapt(texts);
  const model = sequential([
    vectorize,
    layers.embedding({ inputDim: vectorize.vocabularySize(), outputDim: width, maskZero: true }),
    kind === "average" ? layers.globalAveragePooling1d() : layers.lstm({ units: width }),
    layers.dropout({ rate: 0.5 }),
    layers.dense({ units: 1, activation: "sigmoid" }),
  ], { name: kind, seed });
  return { model, words: vectorize.getVocabulary() as readonly string[] };
}

/** Trains one model, stops where a tenth of the training sentences is judged best, and tests it. */
export async function trainSentiment(
  kind: Kind,
  { texts, labels }: Sentences,
  options: SentimentOptions,
  seed: number,
): Promise<SentimentResult> {
  const { held, rest } = splitSamples(labels.map((_, i) => i), labels, { share: options.test, seed });
  const { held: watched, rest: trained } = splitSamples(rest, labels, { share: 0.1, seed });
  const take = (rows: readonly number[]): [string[], number[]] => [
    rows.map((row) => texts[row]),
    rows.map((row) => labels[row]),
  ];
  const { model, words } = createModel(kind, take(trained)[0], options, seed);
  model.compile({
    optimizer: optimizers.adam({ learningRate: options.lr }),
    loss: "binary_crossentropy",
    metrics: ["accuracy"],
  });
  const startedAt = performance.now();
  const { epoch } = await model.fit(...take(trained), {
    epochs: options.epochs,
    batchSize: 32,
    validationData: take(watched),
    callbacks: [callbacks.earlyStopping({ patience: 4, restoreBestWeights: true })],
    verbose: 0,
  });
  const seconds = (performance.now() - startedAt) / 1000;
  const { accuracy } = model.evaluate(...take(held));
  return { model, words, accuracy: accuracy as number, epochs: epoch.length, seconds };
}

/** What a model says of sentences: the shares of praise. */
function judge(model: Sequential, texts: readonly string[]): number[] {
  return Array.from((model.predict([...texts]) as Tensor).data);
}

/** The words that a model likes best and least, each judged as a sentence of its own. */
function listWords({ model, words }: SentimentResult): string {
  // The first two stand for what is behind the end and for words that are not known; rare words were hardly trained.
  const frequent = words.slice(2, 502);
  const shares = judge(model, frequent);
  const order = frequent.map((_, i) => i).sort((a, b) => shares[b] - shares[a]);
  const name = (rows: readonly number[]) => rows.map((i) => frequent[i]).join(" ");
  return `praise: ${name(order.slice(0, 12))}\nblame:  ${name(order.slice(-12).reverse())}`;
}

/** Runs the program. `print` gets what it says. Returns the mean accuracies, null after `--help`. */
export async function main(
  args: readonly string[],
  print: (text: string) => void = console.log,
): Promise<Record<Kind, number> | null> {
  const options = readFlags(args, COMMAND);
  if (options === null) {
    print(describeFlags(COMMAND));
    return null;
  }
  const { seed, seeds, say, quiet } = options;
  const sentences = readSentences(
    await Deno.readTextFile(new URL("data/review_sentences.tsv", import.meta.url)),
  );
  const sums: Record<Kind, number> = { average: 0, lstm: 0 };
  for (let i = 0; i < seeds; i++) {
    const results = {} as Record<Kind, SentimentResult>;
    for (const kind of Object.keys(KINDS) as Kind[]) {
      const result = await trainSentiment(kind, sentences, options, seed + i);
      results[kind] = result;
      sums[kind] += result.accuracy / seeds;
      print(
        `seed ${seed + i}: ${KINDS[kind]}: held-out accuracy ${percent(result.accuracy)}, ${result.epochs} epochs, ` +
          `${result.seconds.toFixed(1)} s, ${result.model.countParams()} weights`,
      );
    }
    if (i > 0 || quiet) continue;
    print(`\n${listWords(results.average)}\n`);
    const examples = ["good", "not good", "not bad at all", "I would not recommend this to anyone"];
    const texts = say === "" ? examples : [say];
    const [average, lstm] = (Object.keys(KINDS) as Kind[]).map((kind) => judge(results[kind].model, texts));
    print("praise by average, by LSTM");
    texts.forEach((text, k) => print(`${percent(average[k]).padStart(17)} ${percent(lstm[k]).padStart(8)}  ${text}`));
    print("");
  }
  print(
    `mean held-out accuracy over ${seeds} ${seeds === 1 ? "seed" : "seeds"}: ` +
      (Object.keys(KINDS) as Kind[]).map((kind) => `${KINDS[kind]} ${percent(sums[kind])}`).join(", "),
  );
  return sums;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

if (import.meta.main) {
  try {
    await main(Deno.args);
  } catch (error) {
    console.error(`sentiment.ts: ${error instanceof Error ? error.message : error}`);
    Deno.exit(1);
  }
}
