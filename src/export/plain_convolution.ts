import type { ReferenceValue } from "../ops/op.ts";
import type { Shape } from "../tensor/shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { Attributes, Symbolic } from "../tensor/symbolic.ts";

/** A convolution without groups, and how its channels are laid out as pixels: not at all where `phases` is 1 for every axis. */
export interface PlainConvolution {
  /** Of [batch, height, width, channels]. */
  readonly kernel: ReferenceValue;
  readonly bias: Float64Array | null;
  readonly attributes: Attributes;
  /** Each channel of the result stands for so many rows and columns of pixels; channels beside each other are those of one pixel. */
  readonly phases: readonly number[];
  /** The size of the result, which may be less than what pixels there are. */
  readonly size: readonly number[];
}

/** A kernel along one axis, turned into that of a plain convolution: how many taps it has, and which of the old ones each is for a phase. */
interface Turned {
  readonly taps: number;
  readonly dilation: number;
  readonly before: number;
  readonly after: number;
  oldTap(phase: number, tap: number): number;
}

/**
 * A convolution, or a transposed one, as the edge runtimes have them: groups become zeros in the kernel, and a transposed convolution with
 * stride s one with s filters a channel and axis, each for every s-th pixel.
 *
 * @param node of the op `conv` or `conv_input`
 */
export function plainConvolution(node: Symbolic, kernel: ReferenceValue, bias: Float64Array | null): PlainConvolution {
  const { attributes, inputs: [x] } = node, size = node.shape.slice(1, -1);
  const phases = size.map(() => 1);
  if (node.op === "conv") {
    const groups = attributes.groups as number;
    return { kernel: withoutGroups(kernel, groups), bias, attributes: { ...attributes, groups: 1 }, phases, size };
  }
  const [strides, dilation, pads] = [attributes.strides, attributes.dilation, attributes.pads] as number[][];
  const turned = size.map((length, i) =>
    turnAxis(x.shape[1 + i], length, kernel.shape[i], {
      stride: strides[i],
      dilation: dilation[i],
      before: pads[2 * i],
    })
  );
  return {
    kernel: turnKernel(withoutGroups(kernel, attributes.groups as number), turned, strides),
    bias: bias && Float64Array.from({ length: bias.length * sizeOf(strides) }, (_, i) => bias[i % bias.length]),
    attributes: {
      strides: phases,
      dilation: turned.map((axis) => axis.dilation),
      pads: turned.flatMap(({ before, after }) => [before, after]),
      groups: 1,
    },
    phases: strides,
    size,
  };
}

/** The kernel [..., c, f] of groups as one without, [..., c · groups, f]: what a filter does not see is 0. */
function withoutGroups({ shape, data }: ReferenceValue, groups: number): ReferenceValue {
  if (groups === 1) return { shape, data };
  const [c, f] = shape.slice(-2), taps = sizeOf(shape.slice(0, -2));
  const values = new Float64Array(taps * c * groups * f);
  for (let i = 0; i < data.length; i++) {
    const o = i % f, row = Math.floor(i / f), tap = Math.floor(row / c), group = Math.floor(o / (f / groups));
    values[((tap * groups + group) * c + row % c) * f + o] = data[i];
  }
  return { shape: [...shape.slice(0, -2), c * groups, f], data: values };
}

function turnAxis(
  count: number,
  length: number,
  taps: number,
  { stride, dilation, before }: { readonly stride: number; readonly dilation: number; readonly before: number },
): Turned {
  const rows = Math.ceil(length / stride);
  const finish = (turned: Omit<Turned, "after">): Turned => ({
    ...turned,
    after: Math.max(0, rows - 1 + (turned.taps - 1) * turned.dilation + 1 - turned.before - count),
  });
  if (stride === 1) {
    return finish({ taps, dilation, before: (taps - 1) * dilation - before, oldTap: (_, tap) => taps - 1 - tap });
  }
  // Pixel i · stride + phase is seen by tap t from place i + (phase + before − t · dilation) / stride, where that is whole.
  const placeOf = (phase: number, tap: number): number => (phase + before - tap * dilation) / stride;
  const places: number[] = [];
  for (let phase = 0; phase < stride; phase++) {
    for (let tap = 0; tap < taps; tap++) {
      if (Number.isInteger(placeOf(phase, tap))) places.push(placeOf(phase, tap));
    }
  }
  const first = places.reduce((least, place) => Math.min(least, place), 0);
  const last = places.reduce((most, place) => Math.max(most, place), first);
  return finish({
    taps: last - first + 1,
    dilation: 1,
    before: -first,
    oldTap(phase, tap) {
      for (let old = 0; old < taps; old++) if (placeOf(phase, old) === first + tap) return old;
      return -1;
    },
  });
}

/** The kernel [..., c, f] of `conv` as [..., f, phases · c] of the convolution that gives what the transposed one does. */
function turnKernel(
  { shape, data }: ReferenceValue,
  turned: readonly Turned[],
  strides: readonly number[],
): ReferenceValue {
  const [c, f] = shape.slice(-2), phases = sizeOf(strides);
  const window = turned.map(({ taps }) => taps), columns = phases * c;
  const values = new Float64Array(sizeOf(window) * f * columns);
  for (let place = 0; place < sizeOf(window); place++) {
    for (let phase = 0; phase < phases; phase++) {
      const taps = indices(place, window), parts = indices(phase, strides);
      const old = turned.map((axis, i) => axis.oldTap(parts[i], taps[i]));
      if (old.includes(-1)) continue;
      const from = old.reduce((at, tap, i) => at * shape[i] + tap, 0) * c * f;
      for (let ch = 0; ch < c; ch++) {
        for (let o = 0; o < f; o++) values[(place * f + o) * columns + phase * c + ch] = data[from + ch * f + o];
      }
    }
  }
  return { shape: [...window, f, columns], data: values };
}

/** The number of an element as one index an axis. */
function indices(element: number, shape: Shape): number[] {
  return shape.map((length, axis) => Math.floor(element / sizeOf(shape.slice(axis + 1))) % length);
}
