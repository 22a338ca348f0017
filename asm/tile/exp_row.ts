/**
 * e^(x − max x) over a row, in place, for kernels that divide by the sum later: it is fast where many rows follow each other, since every
 * coefficient is loaded once for 16 elements.
 *
 * As simd/exp, but for results from about 2^-126 to 1 only: what is smaller becomes 0, so that no product with it meets subnormal numbers, which are slow.
 */
import { maxLanes, sumLanes } from "../simd/lanes";
import { madd, nmadd } from "../simd/madd";

// 0-4: the polynomial of simd/exp; 5: log2(e); 6, 7: ln(2) in two parts; 8: 1.5 * 2^23 + 127, so that the low bits are an exponent field; 9: what
// gets the exponent 0, that is the result 0; 10: one.
const EXP = memory.data<f32>([
  0.4999999403953552, 0.1666652113199234, 0.04166826605796814, 0.008368677459657192, 0.001382073387503624,
  1.4426950408889634, 0.693359375, -2.1219444005469057e-4, 12583039, -88, 1,
]);

// @ts-ignore: decorator
@inline
function coefficient(i: usize): v128 {
  return v128.load32_splat(EXP + (i << 2));
}

/** The sum of what the row becomes. The row is a multiple of 64 bytes; elements that are no part of it must be at most the others − 88. */
export function expRow(x: usize, bytes: usize): f32 {
  const end = x + bytes;
  let m0 = v128.load(x), m1 = v128.load(x, 16), m2 = v128.load(x, 32), m3 = v128.load(x, 48);
  for (let p = x + 64; p < end; p += 64) {
    m0 = f32x4.pmax(m0, v128.load(p)), m1 = f32x4.pmax(m1, v128.load(p, 16));
    m2 = f32x4.pmax(m2, v128.load(p, 32)), m3 = f32x4.pmax(m3, v128.load(p, 48));
  }
  const top = f32x4.splat(maxLanes(f32x4.pmax(f32x4.pmax(m0, m1), f32x4.pmax(m2, m3))));
  let sum = f32x4.splat(0);
  for (; x < end; x += 64) {
    let c = coefficient(9);
    const x0 = f32x4.pmax(f32x4.sub(v128.load(x), top), c), x1 = f32x4.pmax(f32x4.sub(v128.load(x, 16), top), c);
    const x2 = f32x4.pmax(f32x4.sub(v128.load(x, 32), top), c), x3 = f32x4.pmax(f32x4.sub(v128.load(x, 48), top), c);
    let d = coefficient(5);
    c = coefficient(8);
    let n0 = madd(x0, d, c), n1 = madd(x1, d, c), n2 = madd(x2, d, c), n3 = madd(x3, d, c);
    const s0 = i32x4.shl(n0, 23), s1 = i32x4.shl(n1, 23), s2 = i32x4.shl(n2, 23), s3 = i32x4.shl(n3, 23);
    n0 = f32x4.sub(n0, c), n1 = f32x4.sub(n1, c), n2 = f32x4.sub(n2, c), n3 = f32x4.sub(n3, c);
    c = coefficient(6);
    d = coefficient(7);
    const r0 = nmadd(n0, d, nmadd(n0, c, x0)), r1 = nmadd(n1, d, nmadd(n1, c, x1));
    const r2 = nmadd(n2, d, nmadd(n2, c, x2)), r3 = nmadd(n3, d, nmadd(n3, c, x3));
    d = coefficient(4);
    c = coefficient(3);
    n0 = madd(d, r0, c), n1 = madd(d, r1, c), n2 = madd(d, r2, c), n3 = madd(d, r3, c);
    c = coefficient(2);
    n0 = madd(n0, r0, c), n1 = madd(n1, r1, c), n2 = madd(n2, r2, c), n3 = madd(n3, r3, c);
    c = coefficient(1);
    n0 = madd(n0, r0, c), n1 = madd(n1, r1, c), n2 = madd(n2, r2, c), n3 = madd(n3, r3, c);
    c = coefficient(0);
    n0 = madd(n0, r0, c), n1 = madd(n1, r1, c), n2 = madd(n2, r2, c), n3 = madd(n3, r3, c);
    c = coefficient(10);
    n0 = madd(n0, r0, c), n1 = madd(n1, r1, c), n2 = madd(n2, r2, c), n3 = madd(n3, r3, c);
    n0 = f32x4.mul(madd(n0, r0, c), s0), n1 = f32x4.mul(madd(n1, r1, c), s1);
    n2 = f32x4.mul(madd(n2, r2, c), s2), n3 = f32x4.mul(madd(n3, r3, c), s3);
    v128.store(x, n0), v128.store(x, n1, 16), v128.store(x, n2, 32), v128.store(x, n3, 48);
    sum = f32x4.add(sum, f32x4.add(f32x4.add(n0, n1), f32x4.add(n2, n3)));
  }
  return sumLanes(sum);
}
