import type { Encoder } from "../data/signature.ts";
import type { NamedTensor } from "../files/named_tensor.ts";
import type { Dtype } from "../tensor/dtype.ts";
import type { OpenShape } from "../tensor/open_shape.ts";
import type { RawInput, RawTensor } from "../tensor/raw_tensor.ts";
import { readRaw } from "../tensor/read_raw.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { EncoderSettings } from "../text/encoder.ts";
import type { Lookup } from "../text/lookup.ts";
import type { Token } from "../text/token.ts";
import type { FoundShapes } from "./find_shapes.ts";
import { Layer } from "./layer.ts";
import type { LayerOutput } from "./layer_output.ts";

/** Finds a tensor of a layer in a file, by the layer's name for it; undefined if there is none. */
export type ReadState = (name: string) => NamedTensor | undefined;

/**
 * A layer that makes numbers of strings, or of integers of many digits. It stands directly behind an input of a model and does its work where
 * samples are read; programs see its numbers only.
 */
export abstract class HostLayer extends Layer implements Encoder {
  abstract override get dtypes(): readonly Dtype[];

  /**
   * The shape of what it makes of one sample of a shape.
   *
   * @throws {TypeError} If it takes no such samples
   */
  protected abstract shapeOf(sample: OpenShape): OpenShape;

  /** @ignore The numbers for samples of a shape that the layer takes. */
  abstract encode(x: RawTensor): Tensor;

  /** @ignore How it makes numbers, as data for a compiled model. */
  abstract get encoderSettings(): Omit<EncoderSettings, "dtype">;

  /** @ignore The vocabulary that it looks tokens up in; null without one. */
  get vocabulary(): Lookup<Token> | null {
    return null;
  }

  /** @ignore */
  abstract fingerprint(): string;

  /**
   * What it has learnt, as a file holds it: tensors by the layer's names for them. Default none.
   *
   * @ignore
   */
  saveState(): readonly NamedTensor[] {
    return [];
  }

  /**
   * Reads what `saveState` gave, and returns what puts it into the layer; nothing changes before that.
   *
   * @throws {TypeError} If it is nothing of the kind
   *
   * @ignore
   */
  readState(_read: ReadState): () => void {
    return () => {};
  }

  override findResults([{ sampleShape }]: readonly LayerOutput[]): FoundShapes {
    return { results: [{ shape: this.shapeOf(sampleShape), mask: null }], indices: [] };
  }

  /** What the layer makes of data [samples, …], outside of any model. */
  protected encodeData(data: RawInput): Tensor {
    const raw = readRaw(data, "data", this.dtypes);
    this.shapeOf(raw.shape.slice(1));
    return this.encode(raw);
  }

  override call(): never {
    throw new Error("Such a layer is not traced");
  }
}
