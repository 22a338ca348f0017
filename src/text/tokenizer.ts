import { makeNgrams } from "./make_ngrams.ts";
import { splitText } from "./split_text.ts";
import { type Standardize, standardizeText } from "./standardize_text.ts";

/** Where a text is cut: at white space, between characters, between words as the language has them; null: nowhere. */
export type Split = "whitespace" | "character" | "word" | null;

/** How texts become tokens. */
export interface TokenizerSettings {
  readonly standardize: Standardize;
  readonly split: Split;
  /** The numbers of neighbouring pieces that make a token; null: each piece is one. */
  readonly ngrams: readonly number[] | null;
  /** The language of the texts; null: ASCII letters alone are lowered, and words end where those of English do. */
  readonly locale: string | null;
}

/** Cuts texts into tokens. */
export class Tokenizer {
  readonly settings: TokenizerSettings;
  readonly #segmenter: Intl.Segmenter | null;

  constructor(settings: TokenizerSettings) {
    this.settings = settings;
    this.#segmenter = settings.split === "word"
      ? new Intl.Segmenter(settings.locale ?? "en", { granularity: "word" })
      : null;
  }

  /**
   * The tokens of one sample.
   *
   * @param texts the strings of the sample: one, or with `split: null` as many pieces as there are
   * @param most how many tokens are looked at
   */
  tokenize(texts: readonly string[], most = Infinity): readonly string[] {
    const { standardize, split, ngrams, locale } = this.settings;
    const standard = texts.map((text) => standardizeText(text, standardize, locale));
    const pieces = split === null
      ? standard.slice(0, ngrams ? Infinity : most)
      : splitText(standard[0], split, this.#segmenter, ngrams ? Infinity : most);
    return ngrams === null ? pieces : makeNgrams(pieces, ngrams, most);
  }
}
