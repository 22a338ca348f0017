import { store } from "../state/store.ts";

const formats = new Map<string, Intl.NumberFormat>();

function formatOf(key: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const { language } = store.configuration.value;
  const name = `${language} ${key}`;
  let found = formats.get(name);
  if (found === undefined) formats.set(name, found = new Intl.NumberFormat(language, options));
  return found;
}

/**
 * A number in the page's language, with so many significant digits.
 *
 * Very small and very large ones are written with a power of ten.
 */
export function formatNumber(value: number, digits = 4): string {
  if (Number.isNaN(value)) return "NaN";
  const size = Math.abs(value);
  if (value !== 0 && Number.isFinite(value) && (size < 1e-4 || size >= 1e6)) {
    const exponent = Math.floor(Math.log10(size));
    const scaled = value / 10 ** exponent;
    const mantissa = formatOf(`${digits}`, { maximumSignificantDigits: digits }).format(scaled);
    return `${mantissa}·10${superscript(exponent)}`.replace("-", "−");
  }
  return formatOf(`${digits}`, { maximumSignificantDigits: digits }).format(value).replace("-", "−");
}

function superscript(exponent: number): string {
  return [...String(exponent)].map((sign) => sign === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(sign)]).join("");
}

/** A number with a fixed count of decimals, for what changes all the time. */
export function formatFixed(value: number, decimals: number): string {
  if (!Number.isFinite(value) || Math.abs(value) >= 1e6) return formatNumber(value);
  if (value !== 0 && Math.abs(value) < 10 ** -decimals) return formatNumber(value, 3);
  const options = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return formatOf(`fixed ${decimals}`, options).format(value).replace("-", "−");
}

/** A whole number. */
export function formatCount(value: number): string {
  return formatOf("count", { maximumFractionDigits: 0 }).format(value);
}

/** A share as per cent. */
export function formatShare(value: number): string {
  return formatOf("share", { style: "percent", maximumFractionDigits: 1 }).format(value);
}
