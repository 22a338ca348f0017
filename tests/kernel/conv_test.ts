import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { bindKernels, createMemory } from "../../src/kernels/bind.ts";
import { CONV_FILTER_WORK, CONV_WORK } from "../../src/kernels/gen/constants.ts";
import { kernels } from "../../src/kernels/gen/kernels.ts";

/** A convolution: image, result, window and how it slides. c and f are channels and filters of one group. */
interface Geometry {
  samples: number;
  h: number;
  w: number;
  c: number;
  f: number;
  groups: number;
  kh: number;
  kw: number;
  sh: number;
  sw: number;
  dh: number;
  dw: number;
  top: number;
  bottom: number;
  left: number;
  right: number;
}

const size = (max: number, min = 1) => fc.integer({ min, max });
/** Mostly few channels; now and then more than a panel, than a block of 64 columns, than a block of k. */
const channels = fc.oneof({ weight: 8, arbitrary: size(5) }, { weight: 3, arbitrary: size(19) }, size(70));
const geometries = fc.record<Geometry>({
  samples: size(3),
  h: size(9),
  w: size(11),
  c: channels,
  f: channels,
  groups: fc.oneof({ weight: 3, arbitrary: fc.constant(1) }, size(3)),
  kh: size(4),
  kw: size(4),
  sh: size(3),
  sw: size(3),
  dh: size(3),
  dw: size(3),
  top: size(3, 0),
  bottom: size(3, 0),
  left: size(3, 0),
  right: size(3, 0),
}).map((g) => {
  // Of a window that does not fit, as much as does.
  const fit = (taps: number, dilation: number, room: number): number =>
    Math.min(taps, Math.floor((room - 1) / dilation) + 1);
  return { ...g, kh: fit(g.kh, g.dh, g.h + g.top + g.bottom), kw: fit(g.kw, g.dw, g.w + g.left + g.right) };
}).filter(({ c, f, kh, kw, samples, h, w, groups }) => c * f * kh * kw * samples * h * w * groups < 1e6);

const out = (length: number, around: number, taps: number, dilation: number, stride: number): number =>
  Math.floor((length + around - (taps - 1) * dilation - 1) / stride) + 1;

/** Whole numbers from −2 to 2, so that float32 sums are exact. */
function draw(length: number, seed: number): Float32Array {
  let state = seed;
  return Float32Array.from({ length }, () => (state = state * 48271 % 2147483647) % 5 - 2);
}

/** The convolution and its gradients, of an image with its border, element by element. */
function convolve(g: Geometry, oh: number, ow: number, x: Float32Array, kernel: Float32Array, dy: Float32Array) {
  const [height, width] = [g.top + g.h + g.bottom, g.left + g.w + g.right], [inside, filters] = [g.c, g.f * g.groups];
  const total = inside * g.groups;
  const padded = new Float64Array(g.samples * height * width * total), slope = new Float64Array(padded.length);
  const place = (n: number, i: number, j: number, c: number): number => ((n * height + i) * width + j) * total + c;
  const each = (use: (at: number, from: number) => void): void => {
    for (let n = 0, at = 0; n < g.samples; n++) {
      for (let i = 0; i < g.h; i++) {
        for (let j = 0; j < g.w; j++) for (let c = 0; c < total; c++) use(at++, place(n, g.top + i, g.left + j, c));
      }
    }
  };
  each((at, from) => padded[from] = x[at]);
  const y = new Float64Array(dy.length), dx = new Float64Array(x.length), dw = new Float64Array(kernel.length);
  for (let at = 0; at < y.length; at++) {
    const o = at % filters, j = Math.floor(at / filters) % ow, i = Math.floor(at / filters / ow) % oh;
    const n = Math.floor(at / filters / ow / oh), first = Math.floor(o / g.f) * inside;
    for (let a = 0; a < g.kh; a++) {
      for (let b = 0; b < g.kw; b++) {
        const from = place(n, i * g.sh + a * g.dh, j * g.sw + b * g.dw, first), tap = (a * g.kw + b) * inside;
        for (let c = 0; c < inside; c++) {
          const k = (tap + c) * filters + o;
          y[at] += padded[from + c] * kernel[k];
          slope[from + c] += dy[at] * kernel[k];
          dw[k] += dy[at] * padded[from + c];
        }
      }
    }
  }
  each((at, from) => dx[at] = slope[from]);
  return { y, dx, dw };
}

const BYTES = 24 << 20;
for (const [numerics, seed] of [["fast", 5], ["portable", 6]] as const) {
  Deno.test(`a thousand convolutions, whole and in shares, are those of float64 (${numerics})`, () => {
    const memory = createMemory(BYTES);
    const { run, heapBase } = bindKernels(memory, numerics);
    const floats = new Float32Array(memory.buffer), words = new Int32Array(memory.buffer);
    const record = Math.ceil(heapBase / 64) * 16;
    const call = (kernel: string, ...args: number[]): void => {
      assertEquals(args.length, kernels[kernel][1].length, kernel);
      words.set([kernels[kernel][0], ...args, 0], record);
      run(4 * record);
    };
    const check = (g: Geometry): void => {
      const { samples, h, w, c, f, groups, kh, kw, sh, sw, dh, dw, top, left } = g;
      const oh = out(h, g.top + g.bottom, kh, dh, sh), ow = out(w, g.left + g.right, kw, dw, sw);
      const [filters, rows] = [f * groups, kh * kw * c];
      const x = draw(samples * h * w * c * groups, 1), kernel = draw(rows * filters, 2);
      const dy = draw(samples * oh * ow * filters, 3);
      let next = record + 64;
      /** A place for an array, with NaN behind it. */
      const put = (values: Float32Array | number): number => {
        const at = next, length = typeof values === "number" ? values : values.length;
        next += 4 * Math.ceil(length / 4) + 8;
        assert(4 * next < BYTES);
        floats.fill(NaN, at, next);
        if (typeof values !== "number") floats.set(values, at);
        return 4 * at;
      };
      const at = { x: put(x), kernel: put(kernel), dy: put(dy), y: put(dy.length), dx: put(x.length) };
      const [wide, narrow] = [groups * Math.ceil(f / 8), groups * Math.ceil(c / 8)];
      const packed = put(8 * wide * rows),
        taps = put(8 * narrow * kh * kw * f),
        work = put(CONV_WORK + CONV_FILTER_WORK);
      const gradient = put(kernel.length), window = [kh, kw, sh, sw, dh, dw];
      const convolution = [h, w, oh, ow, c, f, groups, ...window, top, left, 0];
      /** Everything, in two shares that are cut at these places: of samples, panels, and rows of the kernel or filters. */
      const compute = (sample: number, panel: number, row: number): void => {
        for (const [begin, end] of [[0, panel], [panel, wide]]) {
          call("pack_filters", packed + 32 * rows * begin, at.kernel, rows, f, groups, begin, end - begin);
        }
        const cut = Math.min(panel, narrow), step = 32 * kh * kw * f;
        for (const [begin, end] of [[0, cut], [cut, narrow]]) {
          call("pack_taps", taps + step * begin, at.kernel, c, f, groups, ...window, begin, end - begin);
        }
        const image = 4 * h * w * c * groups, result = 4 * oh * ow * filters;
        for (const [begin, end] of [[sample, samples], [0, sample]]) {
          const [xs, ys, count] = [image * begin, result * begin, end - begin];
          call("conv", at.y + ys, at.x + xs, packed, 0, work, count, ...convolution);
          call("conv_input", at.dx + xs, at.dy + ys, taps, 0, work, count, ...convolution);
        }
        for (const [begin, end] of [[row, rows], [0, row]]) {
          const share = [c * groups, filters, ...window, top, left, begin, end - begin];
          call(
            "conv_filter",
            gradient + 4 * begin * filters,
            at.x,
            at.dy,
            work,
            samples,
            h,
            w,
            oh,
            ow,
            c,
            f,
            groups,
            ...share,
          );
        }
      };
      const want = convolve(g, oh, ow, x, kernel, dy);
      for (const [sample, panel, row] of [[samples, wide, rows], [1, wide >> 1, rows >> 1]]) {
        compute(sample, panel, row);
        for (
          const [name, place, values] of [["y", at.y, want.y], ["dx", at.dx, want.dx], [
            "dw",
            gradient,
            want.dw,
          ]] as const
        ) {
          values.forEach((value, i) =>
            assert(floats[place / 4 + i] === value, `${name} [${i}]: ${floats[place / 4 + i]}, not ${value}`)
          );
          assert(Number.isNaN(floats[place / 4 + values.length]), `${name} is written too far`);
          floats.fill(NaN, place / 4, place / 4 + values.length);
        }
      }
    };
    fc.assert(fc.property(geometries, check), { seed, numRuns: 1000 });
  });
}

Deno.test("the chain of an element begins with the bias, and relu keeps NaN", () => {
  const memory = createMemory(1 << 20);
  const { run, heapBase } = bindKernels(memory, "portable");
  const floats = new Float32Array(memory.buffer), words = new Int32Array(memory.buffer);
  const at = Math.ceil(heapBase / 64) * 16, [x, packed, bias, y, work] = [64, 128, 256, 300, 400].map((i) => at + i);
  // 2^24 + 1 is 2^24 in float32: the order shows.
  floats.set([1, -1, NaN], x);
  floats.set([1], packed);
  floats.set([2 ** 24], bias);
  const record = [y, x, packed, bias, work].map((place) => 4 * place);
  const geometry = [1, 1, 3, 1, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0];
  words.set([kernels.conv[0], ...record, ...geometry, 1, 0], at);
  run(4 * at);
  assertEquals([...floats.subarray(y, y + 3)], [2 ** 24, 2 ** 24 - 1, NaN]);
  words[at + 4] = 0; // no bias
  run(4 * at);
  assertEquals([...floats.subarray(y, y + 3)], [1, 0, NaN]);
});
