import { inputOf } from "../data/input_of.ts";
import { isStream } from "../data/is_stream.ts";
import { visitBatches } from "../data/visit_batches.ts";
import { checkInteger } from "../errors/check_integer.ts";
import { checkOptions } from "../errors/check_options.ts";
import { checkSignal } from "../errors/check_signal.ts";
import { isThenable } from "../errors/is_thenable.ts";
import { refuseOptions } from "../errors/refuse_options.ts";
import type { NamedTensor } from "../files/named_tensor.ts";
import type { Json } from "../tensor/json.ts";
import { logarithm } from "../tensor/logarithm.ts";
import type { RawInput, RawTensor } from "../tensor/raw_tensor.ts";
import { readRaw } from "../tensor/read_raw.ts";
import type { EncoderSettings } from "../text/encoder.ts";
import { Lookup, type LookupSettings, startOf } from "../text/lookup.ts";
import { padWeights, readVocabulary, type VocabularyUse } from "../text/read_vocabulary.ts";
import type { Token } from "../text/token.ts";
import { TokenCounter } from "../text/token_counter.ts";
import { readVocabularyState, saveVocabulary } from "../text/vocabulary_state.ts";
import { hashFields } from "./hash_fields.ts";
import { HostLayer, type ReadState } from "./host_layer.ts";
import type { LayerOptions } from "./layer.ts";
import type { AdaptOptions } from "./normalization.ts";

/** One batch of a stream to learn a vocabulary from: the samples themselves, or as `x` of an object. */
export type TokenBatch = RawInput | { readonly x: RawInput };

/** What a layer looks tokens up with. */
export interface LookupLayerSettings<T extends Token> extends LookupSettings<T> {
  /** Whether it turns indices into tokens. */
  readonly invert: boolean;
  /** What the options gave as a vocabulary, and as its weights. */
  readonly vocabulary: unknown;
  readonly idfWeights: unknown;
}

/** The layers that have a vocabulary: they give tokens their indices, or vectors made of these. */
export abstract class LookupLayer<T extends Token> extends HostLayer {
  protected readonly settings: LookupLayerSettings<T>;
  /** Whether the options gave the vocabulary. */
  readonly #isGiven: boolean;
  #lookup: Lookup<T> | null = null;
  #fingerprint: string | null = null;

  constructor(
    type: string,
    options: LayerOptions | undefined,
    known: readonly string[],
    settings: LookupLayerSettings<T>,
  ) {
    super(type, options, known);
    const { vocabulary, idfWeights } = settings;
    this.settings = settings;
    this.#isGiven = vocabulary !== undefined && vocabulary !== null;
    if (this.#isGiven) this.#lookup = readVocabulary(this.#use(`create ${type} layer`), vocabulary, idfWeights);
    else if (idfWeights !== undefined && idfWeights !== null) {
      throw new TypeError(`Cannot create ${type} layer: idfWeights go with a vocabulary, got none`);
    }
  }

  /** What its tokens are. */
  protected abstract get kind(): "string" | "int64";

  /** The tokens of each sample, which are counted when a vocabulary is learnt: a sample is a document. */
  protected abstract documentsOf(x: RawTensor): Iterable<readonly T[]>;

  #use(what: string): VocabularyUse<T> {
    return { what, settings: this.settings, kind: this.kind, invert: this.settings.invert };
  }

  /**
   * Learns the vocabulary: all tokens of the data, the most frequent first; of equal counts the one that comes last in the order of code points
   * (of numbers) comes first. With `maxTokens` the most frequent ones are kept. It takes the place of an earlier one. With `outputMode: "tf_idf"`
   * the weights are learnt as well: ln(1 + documents / (1 + documents with the token)), and for unknown tokens the mean of all.
   *
   * At most 4,194,304 tokens are told apart, of at most 134,217,728 characters together, however long a stream is.
   *
   * @throws TypeError for data of another kind, a vocabulary that came with the options, and no tokens at all; RangeError for more tokens than
   *   are told apart, and for another number of them where a model was built for one
   */
  adapt(data: RawInput): void;
  /** As `adapt(data)`, of all batches of an async iterable: arrays, or objects `{ x }`. */
  adapt(stream: AsyncIterable<TokenBatch>, options?: AdaptOptions): Promise<void>;
  /** As `adapt(data)`, of all batches of an iterable; an array of batches holds objects `{ x }`. */
  adapt(stream: Iterable<TokenBatch>, options?: AdaptOptions): void;
  adapt(
    data: RawInput | Iterable<TokenBatch> | AsyncIterable<TokenBatch>,
    options: AdaptOptions = {},
  ): void | Promise<void> {
    const what = `adapt layer "${this.name || this.type}"`;
    checkOptions(what, options, ["steps", "signal"]);
    const signal = checkSignal(what, options.signal);
    if (this.#isGiven) throw new TypeError(`Cannot ${what}: its vocabulary came with the options`);
    const counter = new TokenCounter<T>(what);
    const count = (batch: unknown): void => {
      for (const tokens of this.documentsOf(readRaw(batch, "data", [this.kind]))) counter.add(tokens);
    };
    if (!isStream(data)) {
      refuseOptions(what, options, ["steps"], "goes with a stream of batches only");
      count(data);
      return this.#learn(what, counter);
    }
    const steps = options.steps === undefined ? null : checkInteger(what, "steps", options.steps, { min: 1 });
    const done = visitBatches<unknown>(data, { what, steps, signal }, (batch) => count(inputOf(batch)));
    return isThenable(done) ? done.then(() => this.#learn(what, counter)) : this.#learn(what, counter);
  }

  #learn(what: string, counter: TokenCounter<T>): void {
    const { settings } = this;
    const { maxTokens, maskToken, oovToken, outputMode } = settings;
    const start = startOf(settings);
    const { tokens, documents } = counter.rank([maskToken, oovToken], maxTokens === null ? null : maxTokens - start);
    if (tokens.length === 0) throw new TypeError(`Cannot ${what}: the data must have tokens, got none`);
    const weights = Array.from(documents, (count) => logarithm(1 + counter.documents / (1 + count)));
    this.#take(what, new Lookup(settings, tokens, outputMode === "tf_idf" ? padWeights(weights, start) : null));
  }

  #take(what: string, lookup: Lookup<T>): void {
    if (this.nodes.length > 0 && this.settings.outputMode !== "int" && lookup.depth !== this.lookup.depth) {
      throw new RangeError(
        `Cannot ${what}: a model was built for its ${this.lookup.depth} indices, so there must be as many, got ${lookup.depth}; ` +
          "with padToMaxTokens their number does not matter",
      );
    }
    this.#lookup = lookup;
    this.#fingerprint = null;
  }

  /**
   * Sets the vocabulary: the tokens in the order of their indices, with the mask and what stands for unknown tokens in front, or without.
   *
   * @param idfWeights for `outputMode: "tf_idf"` one weight for each entry
   * @throws as the option `vocabulary`; RangeError for another number of tokens where a model was built for one
   */
  setVocabulary(vocabulary: readonly T[], idfWeights?: ArrayLike<number>): void {
    const what = `set the vocabulary of layer "${this.name || this.type}"`;
    this.#take(what, readVocabulary(this.#use(what), vocabulary, idfWeights));
  }

  /**
   * The tokens in the order of their indices; empty before there is a vocabulary.
   *
   * @param includeSpecialTokens whether the mask and what stands for unknown tokens are in front. Default true
   */
  getVocabulary(includeSpecialTokens = true): T[] {
    if (this.#lookup === null) return [];
    return [...includeSpecialTokens ? this.#lookup.vocabulary : this.#lookup.tokens];
  }

  /** How many indices there are, those of the mask and of unknown tokens included; 0 before there is a vocabulary. */
  vocabularySize(): number {
    return this.#lookup?.size ?? 0;
  }

  /** The vocabulary. @throws {TypeError} If there is none yet */
  protected get lookup(): Lookup<T> {
    if (this.#lookup !== null) return this.#lookup;
    throw new TypeError(
      `Cannot use layer "${
        this.name || this.type
      }": it must have a vocabulary; call adapt(data) or setVocabulary(tokens) first`,
    );
  }

  /** The length of the vectors that it makes. */
  protected get depth(): number {
    const { padToMaxTokens, maxTokens } = this.settings;
    return padToMaxTokens ? maxTokens! : this.lookup.depth;
  }

  override get vocabulary(): Lookup<Token> {
    return this.lookup as unknown as Lookup<Token>;
  }

  override get encoderSettings(): Omit<EncoderSettings, "dtype"> {
    const { maxTokens, numOovIndices, maskToken, oovToken, outputMode, padToMaxTokens, oovMethod } = this.settings;
    const lookup = { maxTokens, numOovIndices, maskToken, oovToken, padToMaxTokens, oovMethod };
    return { outputMode, tokenizer: null, length: null, lookup, hash: null };
  }

  override fingerprint(): string {
    return this.#fingerprint ??= hashFields({ ...this.config, type: this.type, name: "" }, this.saveState());
  }

  override saveState(): readonly NamedTensor[] {
    return this.#lookup === null ? [] : saveVocabulary(this.#lookup);
  }

  override readState(read: ReadState): () => void {
    const what = `read the vocabulary of layer "${this.name}"`;
    const lookup = readVocabularyState(this.#use(what), read);
    return () => {
      if (lookup !== null) this.#take(what, lookup);
    };
  }

  /** The options that say how tokens are looked up, in their saved form. */
  protected lookupConfig(): Readonly<Record<string, Json>> {
    const { maxTokens, outputMode, padToMaxTokens } = this.settings;
    return { ...this.commonConfig(), maxTokens, outputMode, padToMaxTokens };
  }
}
