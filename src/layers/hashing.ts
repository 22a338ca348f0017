import { checkInteger } from "../errors/check_integer.ts";
import { checkString } from "../errors/check_string.ts";
import { describeValue } from "../errors/describe_value.ts";
import { defineRow } from "../tables/define_row.ts";
import type { Dtype } from "../tensor/dtype.ts";
import type { Json } from "../tensor/json.ts";
import type { OpenShape } from "../tensor/open_shape.ts";
import type { RawInput, RawTensor } from "../tensor/raw_tensor.ts";
import { Tensor } from "../tensor/tensor.ts";
import { encodeTokens, type TokenIndex } from "../text/encode_tokens.ts";
import type { EncoderSettings } from "../text/encoder.ts";
import { hashBins, type HashSettings } from "../text/hash_bins.ts";
import { shapeOfMode } from "../text/shape_of_mode.ts";
import type { Token } from "../text/token.ts";
import { hashFields } from "./hash_fields.ts";
import { HostLayer } from "./host_layer.ts";
import type { LayerOptions } from "./layer.ts";
import type { LayerRow } from "./layer_row.ts";

/** Options of the hashing layer. */
export interface HashingOptions extends LayerOptions {
  /** How many bins there are, that of `maskValue` included: an integer from 1 to 2^24. */
  numBins: number;
  /** The value that stands for nothing: it alone is in bin 0. Default null: none does, and bin 0 is one like any other. */
  maskValue?: string | number | null;
  /**
   * A key of one or two integers from 0 to 2^53 − 1, with which SipHash-2-4 takes the place of FarmHash64; one stands for two that are equal. Default
   * null.
   */
  salt?: number | readonly [number, number] | null;
  /** What becomes of a sample: `"int"` (default), `"one_hot"`, `"multi_hot"` or `"count"`, as of `stringLookup`. */
  outputMode?: "int" | "one_hot" | "multi_hot" | "count";
}

/** A layer that puts values into bins by their hashes; see `layers.hashing`. */
export class Hashing extends HostLayer {
  readonly #settings: HashSettings;
  readonly #mode: "int" | "one_hot" | "multi_hot" | "count";
  readonly #bins: TokenIndex<Token>;

  constructor(options: HashingOptions) {
    super("hashing", options, ["numBins", "maskValue", "salt", "outputMode"]);
    const what = "create hashing layer";
    this.#settings = {
      numBins: checkInteger(what, "numBins", options?.numBins, { min: 1, max: 1 << 24 }),
      maskValue: readMask(what, options.maskValue ?? null),
      salt: readSalt(what, options.salt ?? null),
    };
    const modes = ["int", "one_hot", "multi_hot", "count"] as const;
    this.#mode = checkString(what, "outputMode", options.outputMode ?? "int", modes);
    this.#bins = hashBins(this.#settings);
    Object.freeze(this);
  }

  override get dtypes(): readonly Dtype[] {
    return ["string", "int64"];
  }

  override get config(): Readonly<Record<string, Json>> {
    return { ...this.commonConfig(), ...this.#settings, outputMode: this.#mode };
  }

  protected override shapeOf(sample: OpenShape): OpenShape {
    return shapeOfMode(this.#mode, sample, () => this.#bins.depth);
  }

  override encode(x: RawTensor): Tensor {
    const { data, shape } = encodeTokens(x, this.#bins, this.#mode);
    return new Tensor(data, shape);
  }

  override get encoderSettings(): Omit<EncoderSettings, "dtype"> {
    return { outputMode: this.#mode, tokenizer: null, length: null, lookup: null, hash: this.#settings };
  }

  override fingerprint(): string {
    return hashFields({ ...this.config, type: this.type, name: "" }, []);
  }

  /**
   * What the layer makes of data [samples, …], strings or integers, outside of any model.
   *
   * @throws TypeError for data of another kind
   */
  transform(data: RawInput): Tensor {
    return this.encodeData(data);
  }
}

function readMask(what: string, mask: unknown): Token | null {
  if (mask === null || Number.isSafeInteger(mask)) return mask as Token | null;
  if (typeof mask === "string") return mask.toWellFormed();
  throw new TypeError(`Cannot ${what}: maskValue must be a string, an integer or null, got ${describeValue(mask)}`);
}

function readSalt(what: string, salt: number | readonly number[] | null): readonly [number, number] | null {
  if (salt === null) return null;
  const both = typeof salt === "number" ? [salt, salt] : salt;
  const isKey = (value: unknown): boolean => Number.isSafeInteger(value) && value as number >= 0;
  if (Array.isArray(both) && both.length === 2 && both.every(isKey)) return [both[0], both[1]];
  throw new RangeError(
    `Cannot ${what}: salt must be one or two integers from 0 to 2^53 − 1, or null, got ${describeValue(salt)}`,
  );
}

/**
 * Puts strings or integers into bins by their hashes: no vocabulary has to be learnt or kept, and different values may share a bin. It stands directly
 * behind an input of dtype `"string"` or `"int64"`.
 *
 * The bin is the remainder of FarmHash64 of the value in UTF-8, of an integer its decimals; with a `salt` of SipHash-2-4. The bins are those of Keras.
 *
 * Samples [batch, …] become as many bins from 0 to numBins − 1 in `"int"`.
 *
 * Source: https://github.com/google/farmhash; Aumasson and Bernstein, https://www.aumasson.jp/siphash/siphash.pdf
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const hash = layers.hashing({ numBins: 3 });
 * hash.transform([["A"], ["B"], ["C"], ["D"], ["E"]]).toArray(); // [[1], [0], [1], [1], [2]]
 * layers.hashing({ numBins: 3, salt: [133, 137] }).transform([["A"], ["B"]]).toArray(); // [[1], [2]]
 * ```
 * @throws TypeError for wrong options; RangeError for options out of range
 */
export function hashing(options: HashingOptions): Hashing {
  return new Hashing(options);
}

/** Its row of the table. */
export const hashingRow: LayerRow = defineRow({ id: "hashing", create: hashing });
