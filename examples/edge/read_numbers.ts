/** Powers of ten that float64 holds exactly. */
const POWERS = Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));

/**
 * Reads a text of the form `{"x":[1,-2.5,3]}` or `[1,-2.5,3]` straight into `target`, in less than half the time of `JSON.parse` and a copy.
 *
 * It takes plain decimal numbers of up to 15 digits, without exponents and without spaces: the digits as an integer and the power of
 * ten are exact in float64, so their quotient is rounded once and is the number that `JSON.parse` gives. Anything else, right or
 * wrong, is left to the general reader.
 *
 * @param head what stands before the first number, beside a bracket alone: `{"x":[`
 * @returns whether the text is of this form and holds exactly as many numbers as `target`
 */
export function readNumbers(text: string, head: string, target: Float32Array): boolean {
  const isObject = text.startsWith(head);
  if (!isObject && text.charCodeAt(0) !== 91) return false;
  const end = isObject ? text.length - 2 : text.length - 1;
  if (text.charCodeAt(end) !== 93 || (isObject && text.charCodeAt(end + 1) !== 125)) return false;
  let at = isObject ? head.length : 1;
  for (let i = 0; i < target.length; i++) {
    const isNegative = text.charCodeAt(at) === 45;
    if (isNegative) at++;
    const first = at;
    let digits = 0;
    let code = text.charCodeAt(at);
    for (; code >= 48 && code <= 57; code = text.charCodeAt(++at)) digits = 10 * digits + code - 48;
    const whole = at - first;
    // JSON has no number without a digit before the point, and no leading zeros.
    if (whole === 0 || (whole > 1 && text.charCodeAt(first) === 48)) return false;
    let decimals = 0;
    if (code === 46) {
      const point = at++;
      for (code = text.charCodeAt(at); code >= 48 && code <= 57; code = text.charCodeAt(++at)) {
        digits = 10 * digits + code - 48;
      }
      decimals = at - point - 1;
      if (decimals === 0) return false;
    }
    if (whole + decimals > 15) return false;
    const value = decimals === 0 ? digits : digits / POWERS[decimals];
    target[i] = isNegative ? -value : value;
    if (i + 1 < target.length) {
      if (code !== 44) return false;
      at++;
    }
  }
  return at === end;
}
