import { checkBoolean } from "../errors/check_boolean.ts";
import { checkInteger } from "../errors/check_integer.ts";
import type { Dtype } from "../tensor/dtype.ts";
import type { Json } from "../tensor/json.ts";
import type { OpenShape } from "../tensor/open_shape.ts";
import type { RawInput, RawTensor } from "../tensor/raw_tensor.ts";
import { readRaw } from "../tensor/read_raw.ts";
import { Tensor } from "../tensor/tensor.ts";
import { encodeTokens } from "../text/encode_tokens.ts";
import { OUTPUT_MODES } from "../text/output_mode.ts";
import { samplesOf } from "../text/samples_of.ts";
import { shapeOfMode } from "../text/shape_of_mode.ts";
import type { Token } from "../text/token.ts";
import type { FoundShapes } from "./find_shapes.ts";
import type { LayerOptions } from "./layer.ts";
import type { LayerOutput } from "./layer_output.ts";
import { LookupLayer } from "./lookup_layer.ts";
import { type LookupOptions, readCommon } from "./read_lookup_options.ts";

/** Tokens in nested arrays, as an inverted lookup gives them. */
export type NestedTokens<T extends Token = Token> = readonly (T | NestedTokens<T>)[];

/** The options besides the common ones. */
const OPTIONS = [
  "maxTokens",
  "numOovIndices",
  "maskToken",
  "oovToken",
  "vocabulary",
  "idfWeights",
  "invert",
  "outputMode",
  "padToMaxTokens",
];

/** What lookups of strings and of integers have in common. */
export abstract class TokenLookup<T extends Token, Result> extends LookupLayer<T> {
  constructor(
    type: string,
    options: LookupOptions<T> & LayerOptions,
    { oovToken, checkToken, oovMethod = "floormod", more = [] }: {
      readonly oovToken: T;
      readonly checkToken: (name: string, token: unknown) => T;
      readonly oovMethod?: "floormod" | "farmhash";
      readonly more?: readonly string[];
    },
  ) {
    const what = `create ${type} layer`;
    const { vocabulary, idfWeights } = options;
    const common = readCommon(what, options, OUTPUT_MODES);
    const invert = checkBoolean(what, "invert", options.invert ?? false);
    if (invert && common.outputMode !== "int") {
      throw new TypeError(`Cannot ${what}: invert goes with outputMode "int" only, got "${common.outputMode}"`);
    }
    const mask = options.maskToken ?? null;
    super(type, options, [...OPTIONS, ...more], {
      ...common,
      numOovIndices: checkInteger(what, "numOovIndices", options.numOovIndices ?? 1, { min: 0, max: 1 << 20 }),
      maskToken: mask === null ? null : checkToken("maskToken", mask),
      oovToken: checkToken("oovToken", options.oovToken ?? oovToken),
      oovMethod,
      invert,
      vocabulary,
      idfWeights,
    });
  }

  override get dtypes(): readonly Dtype[] {
    return [this.settings.invert ? "int64" : this.kind];
  }

  override get config(): Readonly<Record<string, Json>> {
    const { numOovIndices, maskToken, oovToken, invert } = this.settings;
    return { ...this.lookupConfig(), numOovIndices, maskToken, oovToken, invert };
  }

  protected override documentsOf(x: RawTensor): Iterable<readonly T[]> {
    return samplesOf(x);
  }

  protected override shapeOf(sample: OpenShape): OpenShape {
    return shapeOfMode(this.settings.outputMode, sample, () => this.depth);
  }

  override findResults(inputs: readonly LayerOutput[]): FoundShapes {
    if (!this.settings.invert) return super.findResults(inputs);
    throw new TypeError(
      "an inverted lookup gives tokens, and a model computes with numbers alone; call transform with what a model gives",
    );
  }

  override encode(x: RawTensor): Tensor {
    const { data, shape } = encodeTokens(x, this.lookup, this.settings.outputMode);
    return new Tensor(data, shape);
  }

  /**
   * What the layer makes of data [samples, …], outside of any model: a tensor; inverted, tokens in nested arrays.
   *
   * @throws TypeError for data of another kind, and before there is a vocabulary; RangeError for an unknown token where none may be
   */
  transform(data: RawInput): Result {
    if (!this.settings.invert) return this.encodeData(data) as Result;
    const { values, shape } = readRaw(data, "data", this.dtypes);
    const { lookup } = this;
    let at = 0;
    const nest = (axis: number): NestedTokens<T> =>
      Array.from({ length: shape[axis] }, () => {
        return axis + 1 === shape.length ? lookup.tokenAt(values[at++] as number) : nest(axis + 1);
      });
    return nest(0) as Result;
  }
}
