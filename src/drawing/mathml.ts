import { element, fragment, type Markup } from "./markup.ts";
import type { Maths } from "./maths.ts";

/**
 * A formula as native MathML, which browsers set without any script.
 *
 * @param display whether it is set as large as on a line of its own
 */
export function mathml(maths: Maths, { display = false }: { readonly display?: boolean } = {}): Markup {
  return element("math", { displaystyle: display ? "true" : undefined }, write(maths));
}

function write(m: Maths): Markup {
  switch (m.kind) {
    case "name":
      return element("mi", {}, m.text);
    case "word":
      return element("mtext", {}, m.text);
    case "number":
      return writeNumber(m.text);
    case "sign":
      return element("mo", m.text === "∂" || m.text === "Σ" ? { form: "prefix" } : {}, m.text);
    case "row":
      return element("mrow", {}, m.items.map(write));
    case "fraction":
      return element("mfrac", {}, write(m.over), write(m.under));
    case "index":
      return element("msub", {}, write(m.base), element("mtext", {}, m.below.join(",")));
    case "power":
      return element("msup", {}, write(m.base), write(m.above));
    case "fence":
      return element("mrow", {}, element("mo", {}, m.open), write(m.item), element("mo", {}, m.close));
    case "root":
      return element("msqrt", {}, write(m.item));
    case "cases":
      return element(
        "mrow",
        {},
        element("mo", { form: "prefix", stretchy: "true" }, "{"),
        element(
          "mtable",
          {},
          m.cases.map(({ value, when }) =>
            element("mtr", {}, element("mtd", {}, write(value)), element("mtd", {}, when === null ? null : write(when)))
          ),
        ),
      );
  }
}

/** `−1.5e-7` as −1.5 · 10⁻⁷. */
function writeNumber(text: string): Markup {
  const [digits, exponent] = text.split("e");
  const minus = digits.startsWith("−") ? element("mo", { form: "prefix" }, "−") : null;
  const mantissa = element("mn", {}, digits.replace("−", ""));
  if (exponent === undefined) return minus === null ? mantissa : element("mrow", {}, minus, mantissa);
  const power = element("msup", {}, element("mn", {}, 10), element("mn", {}, exponent.replace("-", "−")));
  return element("mrow", {}, minus, fragment(mantissa, element("mo", {}, "·"), power));
}
