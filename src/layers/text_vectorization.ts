import { checkInteger } from "../errors/check_integer.ts";
import { checkString } from "../errors/check_string.ts";
import { describeValue } from "../errors/describe_value.ts";
import { defineRow } from "../tables/define_row.ts";
import type { Dtype } from "../tensor/dtype.ts";
import { formatSample } from "../tensor/format_sample.ts";
import type { Json } from "../tensor/json.ts";
import type { OpenShape } from "../tensor/open_shape.ts";
import type { RawInput, RawTensor } from "../tensor/raw_tensor.ts";
import { Tensor } from "../tensor/tensor.ts";
import { encodeTexts } from "../text/encode_texts.ts";
import type { EncoderSettings } from "../text/encoder.ts";
import { samplesOf } from "../text/samples_of.ts";
import type { Standardize } from "../text/standardize_text.ts";
import { type Split, Tokenizer } from "../text/tokenizer.ts";
import type { LayerOptions } from "./layer.ts";
import type { LayerRow } from "./layer_row.ts";
import { LookupLayer } from "./lookup_layer.ts";
import { type CommonLookupOptions, readCommon } from "./read_lookup_options.ts";

/** Options of the layer that makes numbers of texts. */
export interface TextVectorizationOptions extends CommonLookupOptions, LayerOptions {
  /**
   * What is done to a text first. `"lower_and_strip_punctuation"` (default), `"lower"`, `"strip_punctuation"`, or null: nothing. Letters of ASCII
   * are lowered, as in Keras; with a `locale` all are. Punctuation is the 32 signs of ASCII.
   */
  standardize?: Standardize;
  /**
   * Where a text is cut. `"whitespace"` (default): at the white space of ASCII. `"character"`: between code points. `"word"`: between words as
   * `Intl.Segmenter` of the platform finds them, also in languages that write none between; what is no word is left out. null: nowhere, and a
   * sample may be a list of tokens.
   */
  split?: Split;
  /** The language of the texts, `"de"`: for lowering all letters, and for `split: "word"`. Default null: ASCII is lowered, and words are those of English. */
  locale?: string | null;
  /** Joins neighbours with a space: 2 means single tokens and pairs, [2] pairs alone; up to 16. Default null: each is by itself. */
  ngrams?: number | readonly number[] | null;
  /**
   * What becomes of a text. `"int"` (default): the indices of its tokens, with zeros behind them. One vector for a text: `"multi_hot"`, 1 for
   * tokens that occur; `"count"`, how often; `"tf_idf"`, how often times the weight.
   */
  outputMode?: "int" | "multi_hot" | "count" | "tf_idf";
  /** With `"int"`: how many indices a text has, whether it has more tokens or fewer. Default null: as many as the longest text that is given with it. */
  outputSequenceLength?: number | null;
  /** The tokens in the order of their indices, instead of `adapt`; `""` and `"[UNK]"` may stand in front. */
  vocabulary?: readonly string[] | null;
}

const MODES = ["int", "multi_hot", "count", "tf_idf"] as const;
const OPTIONS = [
  "maxTokens",
  "standardize",
  "split",
  "locale",
  "ngrams",
  "outputMode",
  "outputSequenceLength",
  "padToMaxTokens",
  "vocabulary",
  "idfWeights",
];

/** A layer that makes numbers of texts; see `layers.textVectorization`. */
export class TextVectorization extends LookupLayer<string> {
  readonly #tokenizer: Tokenizer;
  readonly #length: number | null;
  readonly #ngrams: TextVectorizationOptions["ngrams"];

  constructor(options: TextVectorizationOptions = {}) {
    const what = "create text_vectorization layer";
    const common = readCommon(what, options, MODES);
    const { vocabulary, idfWeights } = options;
    super("text_vectorization", options, OPTIONS, {
      ...common,
      numOovIndices: 1,
      maskToken: "",
      oovToken: "[UNK]",
      oovMethod: "floormod",
      invert: false,
      vocabulary,
      idfWeights,
    });
    const { standardize = "lower_and_strip_punctuation", split = "whitespace", ngrams = null } = options;
    const length = options.outputSequenceLength ?? null;
    if (length !== null && common.outputMode !== "int") {
      throw new TypeError(
        `Cannot ${what}: outputSequenceLength goes with outputMode "int" only, got "${common.outputMode}"`,
      );
    }
    this.#length = length === null
      ? null
      : checkInteger(what, "outputSequenceLength", length, { min: 1, max: 1 << 24 });
    this.#ngrams = ngrams;
    const ways = ["lower_and_strip_punctuation", "lower", "strip_punctuation"] as const;
    this.#tokenizer = new Tokenizer({
      standardize: standardize === null ? null : checkString(what, "standardize", standardize, ways),
      split: split === null ? null : checkString(what, "split", split, ["whitespace", "character", "word"] as const),
      ngrams: ngrams === null ? null : readNgrams(what, ngrams),
      locale: readLocale(what, options.locale ?? null, split === "word"),
    });
    Object.freeze(this);
  }

  protected override get kind(): "string" {
    return "string";
  }

  override get dtypes(): readonly Dtype[] {
    return ["string"];
  }

  override get config(): Readonly<Record<string, Json>> {
    const { standardize, split, locale } = this.#tokenizer.settings;
    const ngrams = this.#ngrams as Json;
    return { ...this.lookupConfig(), standardize, split, locale, ngrams, outputSequenceLength: this.#length };
  }

  override get encoderSettings(): Omit<EncoderSettings, "dtype"> {
    return { ...super.encoderSettings, tokenizer: this.#tokenizer.settings, length: this.#length };
  }

  protected override shapeOf(sample: OpenShape): OpenShape {
    this.#checkSample(sample);
    if (this.settings.outputMode !== "int") return [this.depth];
    const isGiven = this.#tokenizer.settings.split === null && this.#ngrams === null;
    return [this.#length ?? (isGiven ? sample[0] ?? 1 : null)];
  }

  #checkSample(sample: OpenShape): void {
    const { split } = this.#tokenizer.settings;
    if (sample.length === 0 || sample.length === 1 && (split === null || sample[0] === 1)) return;
    const rule = split === null ? "a string, or a list of strings, shape [] or [n]" : "a string, shape [] or [1]";
    throw new TypeError(
      `Cannot use layer "${this.name || this.type}": a sample must be ${rule}, got shape ${formatSample(sample)}`,
    );
  }

  protected override *documentsOf(x: RawTensor): Iterable<readonly string[]> {
    this.#checkSample(x.shape.slice(1));
    for (const texts of samplesOf<string>(x)) yield this.#tokenizer.tokenize(texts);
  }

  override encode(x: RawTensor): Tensor {
    const { data, shape } = encodeTexts(x, this.#tokenizer, this.lookup, this.settings.outputMode, this.#length);
    return new Tensor(data, shape);
  }

  /**
   * What the layer makes of texts, `["a text", "another"]`, outside of any model.
   *
   * @throws TypeError for data of another kind or shape, and before there is a vocabulary
   */
  transform(data: RawInput): Tensor {
    return this.encodeData(data);
  }
}

const WIDEST = 16;

/** The numbers of neighbours that make a token. */
function readNgrams(what: string, given: number | readonly number[]): readonly number[] {
  const isWidth = (n: unknown): boolean => Number.isInteger(n) && n as number >= 1 && n as number <= WIDEST;
  if (isWidth(given)) return Array.from({ length: given as number }, (_, i) => i + 1);
  const isList = Array.isArray(given) && given.length > 0 && given.length <= WIDEST && given.every(isWidth);
  if (isList && new Set(given).size === given.length) return [...given];
  throw new RangeError(
    `Cannot ${what}: ngrams must be an integer from 1 to ${WIDEST}, or a list of different ones, got ${
      describeValue(given)
    }`,
  );
}

function readLocale(what: string, locale: unknown, segments: boolean): string | null {
  if (segments && typeof Intl.Segmenter !== "function") {
    throw new TypeError(`Cannot ${what}: split "word" needs Intl.Segmenter, which this platform does not have`);
  }
  if (locale === null) return null;
  try {
    if (typeof locale === "string") return Intl.getCanonicalLocales(locale)[0];
  } catch {
    // told below
  }
  throw new RangeError(`Cannot ${what}: locale must name a language, such as "de", got ${describeValue(locale)}`);
}

/**
 * Makes numbers of texts: standardizes them, cuts them into tokens, and gives each its index in a vocabulary, or makes one vector of a text. It
 * stands directly behind an input of dtype `"string"`, and does its work where samples are read.
 *
 * A sample is one string, shape [] or [1]. With `"int"` it becomes [outputSequenceLength] indices: 0 is what is behind the end, 1 (`"[UNK]"`) any
 * token that is not in the vocabulary; so `embedding({ maskZero: true })` can follow. Without a length texts have that of the longest one that is
 * given with them: in `fit` of all samples, in a stream of the batch. In the other modes the vocabulary begins with `"[UNK]"`.
 *
 * The vocabulary comes from `adapt(texts)`, the most frequent tokens first, or from the options, and is saved with the model, as a
 * tensor. With `split: "word"` the tokens are what the platform makes of a text, which may differ between
 * versions of Unicode.
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const vectorize = layers.textVectorization({ outputSequenceLength: 4 });
 * vectorize.adapt(["foo bar", "bar baz", "baz bada boom"]);
 * vectorize.getVocabulary(); // ["", "[UNK]", "baz", "bar", "foo", "boom", "bada"]
 * vectorize.transform(["Foo, qux bar!"]).toArray(); // [[4, 1, 3, 0]]
 * ```
 * @throws TypeError for wrong options and a vocabulary that is none; RangeError for options out of range
 */
export function textVectorization(options?: TextVectorizationOptions): TextVectorization {
  return new TextVectorization(options);
}

/** Its row of the table. */
export const textVectorizationRow: LayerRow = defineRow({ id: "text_vectorization", create: textVectorization });
