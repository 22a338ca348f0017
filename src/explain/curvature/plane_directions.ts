import { sizeOf } from "../../tensor/size_of.ts";
import type { AnyModel } from "../trace/internals_of.ts";
import { added, dot, lanczos, scaled } from "./lanczos.ts";

/** A plane in the space of the weights: all `center + a · first + b · second`. */
export interface Plane {
  readonly center: Float64Array;
  readonly directions: readonly [Float64Array, Float64Array];
}

/** The plane of the first two principal components of points, with the shares of their variance that it shows. */
export function principalPlane(
  points: readonly Float32Array[],
): Plane & { readonly explained: readonly [number, number] } {
  const n = points[0].length;
  const center = new Float64Array(n);
  for (const point of points) for (let i = 0; i < n; i++) center[i] += point[i] / points.length;
  const offsets = points.map((point) => center.map((each, i) => point[i] - each));
  const total = offsets.reduce((sum, d) => sum + dot(d, d), 0);
  const times = (v: Float64Array): Float64Array =>
    offsets.reduce<Float64Array>((sum, d) => added(sum, d, dot(d, v)), new Float64Array(n));
  const first = lanczos(times, n, 100).largest;
  // Without what lies along the first one.
  const rest = (v: Float64Array): Float64Array => added(v, first.vector, -dot(v, first.vector));
  const second = lanczos((v) => rest(times(rest(v))), n, 100).largest;
  const across = rest(second.vector);
  return {
    center,
    directions: [first.vector, scaled(across, 1 / Math.sqrt(dot(across, across)))],
    explained: [first.value / total, Math.max(0, second.value) / total],
  };
}

/**
 * Two random directions, normal and filter-normalised: each unit's part is as long as that unit's weights, and what has one axis alone, as biases
 * have, stays as it is.
 *
 * Source: Li et al. 2018, Visualizing the loss landscape of neural nets, section 4.
 */
export function randomPlane({ network }: AnyModel, center: Float64Array, seed: number): Plane {
  const draw = createNormal(seed);
  const direct = (): Float64Array => {
    const direction = new Float64Array(center.length);
    let at = 0;
    for (const { trainable, shape, elements } of network.variables) {
      if (!trainable) continue;
      const units = shape.length < 2 ? 0 : shape[shape.length - 1];
      for (let i = 0; i < elements; i++) direction[at + i] = draw() * Number(units > 0);
      for (let unit = 0; unit < units; unit++) {
        let [own, drawn] = [0, 0];
        for (let i = at + unit; i < at + sizeOf(shape); i += units) {
          own += center[i] ** 2;
          drawn += direction[i] ** 2;
        }
        for (let i = at + unit; i < at + sizeOf(shape); i += units) direction[i] *= Math.sqrt(own / drawn);
      }
      at += elements;
    }
    return direction;
  };
  return { center, directions: [direct(), direct()] };
}

/** Where a point lies on a plane that it is put down on, and how far from it. */
export function project(
  { center, directions: [u, v] }: Plane,
  point: ArrayLike<number>,
): [a: number, b: number, distance: number] {
  const d = center.map((each, i) => point[i] - each);
  const [uu, uv, vv, du, dv] = [dot(u, u), dot(u, v), dot(v, v), dot(d, u), dot(d, v)];
  const area = uu * vv - uv * uv;
  const [a, b] = [(du * vv - dv * uv) / area, (dv * uu - du * uv) / area];
  const rest = added(added(d, u, -a), v, -b);
  return [a, b, Math.sqrt(dot(rest, rest))];
}

/** The weights at a place of a plane. */
export function placeOn({ center, directions: [u, v] }: Plane, a: number, b: number): Float64Array {
  return center.map((each, i) => each + a * u[i] + b * v[i]);
}

/** Normal random numbers: for directions, which need not be the same on every engine to the last bit. */
function createNormal(seed: number): () => number {
  let state = seed;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) | 0; // mulberry32
    let t = Math.imul(state ^ state >>> 15, 1 | state);
    t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t;
    return ((t ^ t >>> 14) >>> 0) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}
