/**
 * Two independent standard normal numbers from two random words (Box and Muller 1958), in float64:
 * r = √(−2 ln u), z0 = r·cos 2πv, z1 = r·sin 2πv, with u = (word0 + 1)·2⁻³² in (0, 1] and v = word1·2⁻³² in [0, 1).
 *
 * Only +, −, ·, / and √ are used, which IEEE 754 rounds exactly, and not Math.log and Math.cos, whose last bit is the
 * engine's choice: the same words give the same bits on every machine and runtime. Error below 4e-16 · (1 + |z|).
 *
 * @param word0 An integer from 0 to 2^32 − 1.
 * @param word1 An integer from 0 to 2^32 − 1.
 * @param out Where z0 and z1 go, at 0 and 1. |z| <= 6.7.
 */
export function normalPair(word0: number, word1: number, out: Float64Array): void {
  const radius = Math.sqrt(-2 * logOfFraction(word0 + 1));
  // 2πv = quadrant · π/2 + angle, with |angle| <= π/4.
  const quadrant = Math.floor(word1 / 0x40000000 + 0.5);
  const angle = (word1 - quadrant * 0x40000000) * (Math.PI / 0x80000000);
  const square = angle * angle;
  let cosine = 1;
  let sine = 1;
  for (let k = 16; k > 0; k -= 2) {
    cosine = 1 - cosine * square / (k * (k - 1)); // Taylor, innermost term first
    sine = 1 - sine * square / (k * (k + 1));
  }
  sine *= angle;
  const swap = (quadrant & 1) === 1;
  const x = swap ? -sine : cosine;
  const y = swap ? cosine : sine;
  const sign = (quadrant & 2) === 2 ? -1 : 1;
  out[0] = sign * radius * x;
  out[1] = sign * radius * y;
}

/** ln(n · 2⁻³²) for an integer n from 1 to 2^32: ln m = 2 artanh((m − 1)/(m + 1)) with m in [√½, √2). */
function logOfFraction(n: number): number {
  const zeros = n === 0x100000000 ? 0 : Math.clz32(n);
  let m = n / (zeros === 0 ? 0x100000000 : (1 << (32 - zeros)) >>> 0); // exact, in [½, 1]
  let exponent = -zeros;
  if (m < Math.SQRT1_2) {
    m *= 2;
    exponent--;
  }
  const s = (m - 1) / (m + 1);
  const square = s * s;
  let sum = 0;
  for (let k = 23; k > 0; k -= 2) sum = sum * square + 1 / k;
  return exponent * Math.LN2 + 2 * s * sum;
}
