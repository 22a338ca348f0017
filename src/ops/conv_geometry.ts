import { describeValue } from "../errors/describe_value.ts";
import { formatShape } from "../tensor/format_shape.ts";
import type { Shape } from "../tensor/shape.ts";
import { slideWindow } from "../tensor/slide_window.ts";
import type { Attributes } from "../tensor/symbolic.ts";
import { checkIntegers } from "./check_integers.ts";

/** A convolution in numbers, as its kernels take them. */
export interface ConvGeometry {
  readonly samples: number;
  /** Height and width of the image and of the result. */
  readonly h: number;
  readonly w: number;
  readonly oh: number;
  readonly ow: number;
  /** Channels and filters of one group. */
  readonly c: number;
  readonly f: number;
  readonly groups: number;
  /** The window, its strides and dilations, and what lies above and before the image. */
  readonly kh: number;
  readonly kw: number;
  readonly sh: number;
  readonly sw: number;
  readonly dh: number;
  readonly dw: number;
  readonly top: number;
  readonly left: number;
}

/** The attributes that the ops of convolution have in common. */
export const CONV_ATTRIBUTES: readonly string[] = ["strides", "dilation", "pads", "groups"];

/** The axes of a convolution, and what it has of each: two, or one, which is that of images of height 1. */
interface Axes {
  readonly image: Shape;
  readonly kernel: Shape;
  readonly strides: readonly number[];
  readonly dilation: readonly number[];
  readonly pads: readonly number[];
}

/**
 * Reads shapes and attributes of a convolution of images [samples, h, w, channels] with a kernel [kh, kw, channels / groups, filters], or of
 * sequences [samples, w, channels] with a kernel [kw, channels / groups, filters].
 *
 * @param op the name of the op, for messages
 * @throws {TypeError} If they do not fit each other
 */
export function convGeometry(op: string, image: Shape, kernel: Shape, attributes: Attributes): ConvGeometry {
  const what = `apply ${op}`;
  const { image: [samples, h, w, channels], kernel: [kh, kw, c, filters], ...axes } = axesOf(
    op,
    image,
    kernel,
    attributes,
  );
  const [sh, sw] = axes.strides, [dh, dw] = axes.dilation, [top, bottom, left, right] = axes.pads;
  const groups = Number(attributes.groups);
  if (!Number.isSafeInteger(groups) || groups < 1 || channels % groups !== 0 || filters % groups !== 0) {
    throw new TypeError(
      `Cannot ${what}: groups must divide channels and filters, got ${
        describeValue(attributes.groups)
      } of ${channels} and ${filters}`,
    );
  }
  if (c * groups !== channels) {
    throw new TypeError(
      `Cannot ${what}: the kernel must have ${channels / groups} channels, the image's${
        groups === 1 ? "" : ` by ${groups} groups`
      }, got ${formatShape(kernel)}`,
    );
  }
  const vertical = slideWindow(what, "height", h, { size: kh, stride: sh, dilation: dh }, [top, bottom]);
  const horizontal = slideWindow(what, "width", w, { size: kw, stride: sw, dilation: dw }, [left, right]);
  const [oh, ow] = [vertical.count, horizontal.count];
  return { samples, h, w, oh, ow, c, f: filters / groups, groups, kh, kw, sh, sw, dh, dw, top, left };
}

function axesOf(op: string, image: Shape, kernel: Shape, attributes: Attributes): Axes {
  const axes = image.length - 2;
  if ((axes !== 1 && axes !== 2) || kernel.length !== image.length) {
    throw new TypeError(
      `Cannot apply ${op}: images must be [samples, height, width, channels] and kernels [height, width, channels, filters], or both without ` +
        `height, got ${formatShape(image)} and ${formatShape(kernel)}`,
    );
  }
  const strides = checkIntegers(op, "strides", attributes.strides, axes, 1);
  const dilation = checkIntegers(op, "dilation", attributes.dilation, axes, 1);
  const pads = checkIntegers(op, "pads", attributes.pads, 2 * axes, 0);
  if (axes === 2) return { image, kernel, strides, dilation, pads };
  return {
    image: [image[0], 1, ...image.slice(1)],
    kernel: [1, ...kernel],
    strides: [1, ...strides],
    dilation: [1, ...dilation],
    pads: [0, 0, ...pads],
  };
}

/** The shape of the result, images or sequences as `like` is. */
export function convResult({ samples, oh, ow, f, groups }: ConvGeometry, like: Shape): Shape {
  return like.length === 4 ? [samples, oh, ow, f * groups] : [samples, ow, f * groups];
}
