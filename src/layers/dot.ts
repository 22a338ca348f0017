import { checkBoolean } from "../errors/check_boolean.ts";
import { describeValue } from "../errors/describe_value.ts";
import { defineRow } from "../tables/define_row.ts";
import { formatShape } from "../tensor/format_shape.ts";
import type { Json } from "../tensor/json.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import type { Ops } from "../compose/all_ops.ts";
import { Layer, type LayerOptions } from "./layer.ts";
import type { LayerRow } from "./layer_row.ts";
import type { Tracing } from "./tracing.ts";

/** Options of the layer that multiplies two inputs. */
export interface DotOptions extends LayerOptions {
  /** The axis of each input that is summed over, the batch being 0: one number for both, or one each; negative ones count from the end. */
  axes: number | readonly [number, number];
  /** Whether both are made to have length 1 along that axis first, so that the result is their cosine. Default false. */
  normalize?: boolean;
}

/** An input as a matrix a sample. */
interface Side {
  readonly matrix: Symbolic;
  /** Whether the axis that is summed over is the last one, not the one before. */
  readonly isLast: boolean;
  /** The other axes of a sample. */
  readonly rest: readonly number[];
}

/** A layer that multiplies two inputs; see `layers.dot`. */
export class Dot extends Layer {
  readonly axes: number | readonly [number, number];
  readonly normalize: boolean;

  constructor(options: DotOptions) {
    super("dot", options, ["axes", "normalize"]);
    const axes: unknown = options?.axes;
    const list = Array.isArray(axes) && axes.length === 2 ? axes : [axes];
    if (!list.every((axis) => Number.isSafeInteger(axis) && axis !== 0)) {
      throw new RangeError(
        `Cannot create dot layer: axes must be an integer other than 0, the batch, or two of them, got ${
          describeValue(axes)
        }`,
      );
    }
    this.axes = list.length === 1 ? list[0] as number : Object.freeze([list[0], list[1]] as [number, number]);
    this.normalize = options.normalize === undefined
      ? false
      : checkBoolean("create dot layer", "normalize", options.normalize);
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    return { ...this.commonConfig(), axes: this.axes, normalize: this.normalize };
  }

  override call(t: Tracing, a: Symbolic, b: Symbolic): Symbolic {
    const [axisA, axisB] = typeof this.axes === "number" ? [this.axes, this.axes] : this.axes;
    const [left, right] = [[a, axisA] as const, [b, axisB] as const].map(([x, axis]) => this.#find(x, axis));
    if (a.shape[left] !== b.shape[right]) {
      throw new TypeError(
        `${this.#what}: the axes that are summed over must have one length, got axes ${axisA} and ${axisB} of samples of shape ${
          formatShape(a.shape.slice(1))
        } and ${formatShape(b.shape.slice(1))}`,
      );
    }
    const [x, y] = [toMatrix(t.ops, a, left, this.normalize), toMatrix(t.ops, b, right, this.normalize)];
    const product = t.graph.apply("batch_matmul", [x.matrix, y.matrix], {
      transposeA: !x.isLast,
      transposeB: y.isLast,
    });
    const sample = [...x.rest, ...y.rest];
    return t.ops.reshape(product, [a.shape[0], ...(sample.length === 0 ? [1] : sample)]);
  }

  get #what(): string {
    return `Cannot apply layer "${this.name || this.type}"`;
  }

  /** The axis as a number from 1 on. */
  #find({ shape }: Symbolic, axis: number): number {
    const found = axis < 0 ? axis + shape.length : axis;
    if (found >= 1 && found < shape.length) return found;
    throw new TypeError(
      `${this.#what}: axes must be axes of the samples, 1 to ${
        shape.length - 1
      } or negative ones from the end, got ${axis} for samples of shape ${formatShape(shape.slice(1))}`,
    );
  }
}

/** The input as [batch, rest, length], or as [batch, length, rest] where it lies so and need not be normalized. */
function toMatrix(ops: Ops, x: Symbolic, axis: number, normalize: boolean): Side {
  const { shape } = x;
  const rest = shape.filter((_, k) => k > 0 && k !== axis);
  const isLast = axis !== 1 || shape.length === 2 || normalize;
  let moved = x;
  if (isLast && axis !== shape.length - 1) {
    const others = shape.map((_, k) => k).filter((k) => k !== axis);
    moved = ops.transpose(x, [...others, axis]);
  }
  if (normalize) moved = ops.l2Normalize(moved);
  const [length, size] = [shape[axis], sizeOf(rest)];
  const matrix = ops.reshape(moved, [shape[0], ...(isLast ? [size, length] : [length, size])]);
  return { matrix, isLast, rest };
}

/**
 * The products of two inputs along an axis of each: for every sample y[i…, j…] = Σ a[i…, p] · b[j…, p], p running along the axes.
 *
 * [batch, k] and [batch, k] → [batch, 1]; [batch, m, k] and [batch, n, k] with axes 2 → [batch, m, n]. It takes exactly two inputs.
 * Normalized vectors are x / √max(Σ x², 1e-12).
 *
 * @example
 * ```ts
 * import { input, layers, model } from "retroprop";
 * const user = input({ shape: [6] });
 * const taste = layers.dense({ units: 3 }).apply(user);
 * const other = layers.dense({ units: 3 }).apply(user);
 * const likeness = layers.dot({ axes: 1, normalize: true }).apply([taste, other]); // [batch, 1]
 * const net = model({ inputs: user, outputs: likeness });
 * ```
 * @throws RangeError if `axes` is 0 or no integer; TypeError when it is applied to inputs without those axes, or of which they differ
 */
export function dot(options: DotOptions): Dot {
  return new Dot(options);
}

/** Its row of the table. */
export const dotRow: LayerRow = defineRow({ id: "dot", create: dot });
