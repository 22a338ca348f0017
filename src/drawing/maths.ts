import { formatNumber } from "./format_number.ts";

/**
 * A formula as a tree, from which its text, its MathML and its LaTeX are made. Names are any text: what shows them escapes them.
 */
export type Maths =
  /** A quantity's name, in italics: `E`, `ŷ`. */
  | { readonly kind: "name"; readonly text: string }
  /** An upright word: the name of a function, a weight or a layer. */
  | { readonly kind: "word"; readonly text: string }
  /** A number in decimal digits, perhaps with an exponent: `−1.5e-7`. */
  | { readonly kind: "number"; readonly text: string }
  /** What stands between operands: `=`, `·`, `+`, `−`. */
  | { readonly kind: "sign"; readonly text: string }
  | { readonly kind: "row"; readonly items: readonly Maths[] }
  | { readonly kind: "fraction"; readonly over: Maths; readonly under: Maths }
  | { readonly kind: "index"; readonly base: Maths; readonly below: readonly string[] }
  | { readonly kind: "power"; readonly base: Maths; readonly above: Maths }
  | { readonly kind: "fence"; readonly open: string; readonly close: string; readonly item: Maths }
  | { readonly kind: "root"; readonly item: Maths }
  /** Values with the conditions under which they hold; null: otherwise. */
  | { readonly kind: "cases"; readonly cases: readonly { readonly value: Maths; readonly when: Maths | null }[] };

/** A quantity's name, with the indices that stand below it. */
export function name(text: string, ...below: readonly (string | number)[]): Maths {
  const base: Maths = { kind: "name", text };
  return below.length === 0 ? base : { kind: "index", base, below: below.map(String) };
}

/** An upright word. */
export function word(text: string): Maths {
  return { kind: "word", text };
}

/** A number with so many significant digits; a negative one begins with a true minus sign. */
export function number(value: number, digits?: number): Maths {
  return { kind: "number", text: showNumber(value, digits) };
}

/** A number behind a multiplication sign or a plus: in parentheses if it is negative. */
export function signedNumber(value: number, digits?: number): Maths {
  return value < 0 ? group(number(value, digits)) : number(value, digits);
}

/** A number as formulas and tables show it: like `formatNumber`, but decimal down to 0.00001, and with a true minus sign. */
export function showNumber(value: number, digits = 3): string {
  const size = Math.abs(value);
  const text = size >= 1e-5 && size < 1e-3 ? String(Number(value.toPrecision(digits))) : formatNumber(value, digits);
  return text.replace(/^-/, "−");
}

/** An operator or relation. */
export function sign(text: string): Maths {
  return { kind: "sign", text };
}

/** Things one after the other; texts are operators. */
export function row(...items: readonly (Maths | string)[]): Maths {
  return { kind: "row", items: items.map((item) => typeof item === "string" ? sign(item) : item) };
}

/** Terms with a sign between each two. */
export function joined(between: string, items: readonly Maths[]): Maths {
  return items.length === 1 ? items[0] : row(...items.flatMap((item, i) => i === 0 ? [item] : [between, item]));
}

/** Numbers that are added: `0.5 − 0.25 + 1`. */
export function sumOf(values: readonly number[], digits?: number): Maths {
  return row(...values.flatMap((value, i): (Maths | string)[] => {
    if (i === 0) return [number(value, digits)];
    return [value < 0 ? "−" : "+", number(Math.abs(value), digits)];
  }));
}

/** `over / under`. */
export function fraction(over: Maths, under: Maths): Maths {
  return { kind: "fraction", over, under };
}

/** `∂of/∂by`. */
export function partial(of: Maths, by: Maths): Maths {
  return fraction(row("∂", of), row("∂", by));
}

/** A thing in parentheses. */
export function group(item: Maths): Maths {
  return { kind: "fence", open: "(", close: ")", item };
}

/** A function of arguments: `max(a, b)`. */
export function call(name: string, ...operands: readonly Maths[]): Maths {
  return row(word(name), group(joined(",", operands)));
}
