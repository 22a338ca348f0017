import type { FillMode } from "../ops/affine_sampling.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import type { Tracing } from "./tracing.ts";

/** How each image is moved about its centre: tensors [samples, 1]. What is left out stays as it is. */
export interface Move {
  /** Counter-clockwise, in turns. */
  readonly turns?: Symbolic;
  /** How far a step in the result goes in the image: below 1 things grow, and −1 mirrors. */
  readonly scaleX?: Symbolic;
  readonly scaleY?: Symbolic;
  /** Where the result begins in the image, in pixels. */
  readonly shiftX?: Symbolic;
  readonly shiftY?: Symbolic;
}

/** What images are moved to, and what is seen beyond their border. */
export interface MoveOptions {
  readonly dataFormat: "channels_last" | "channels_first";
  readonly nearest: boolean;
  readonly fillMode: FillMode;
  readonly fillValue: number;
  /** Of the result. Default: as the images. */
  readonly height?: number;
  readonly width?: number;
}

/** The parameters of `affine_transforms` in their order, and what leaves an image as it is. */
const PARAMETERS = [["turns", 0], ["scaleX", 1], ["scaleY", 1], ["shiftX", 0], ["shiftY", 0]] as const;

/** Moves every image of a batch in its own way. */
export function moveImages(t: Tracing, x: Symbolic, move: Move, options: MoveOptions): Symbolic {
  const isFirst = options.dataFormat === "channels_first";
  const images = isFirst ? t.ops.transpose(x, [0, 2, 3, 1]) : x;
  const [samples, height, width] = images.shape;
  const columns = PARAMETERS.map(([name, same]) => move[name] ?? t.graph.constant(same, [samples, 1]));
  const parameters = t.ops.concatenate(columns, { axis: 1 });
  const transforms = t.graph.apply("affine_transforms", [parameters], { height, width });
  const { nearest, fillMode, fillValue } = options;
  const size = { height: options.height ?? height, width: options.width ?? width };
  const y = t.graph.apply("affine_sample", [images, transforms], { ...size, nearest, fillMode, fillValue });
  return isFirst ? t.ops.transpose(y, [0, 3, 1, 2]) : y;
}
