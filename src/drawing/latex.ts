import { escapeControlCharacters } from "../errors/escape_control_characters.ts";
import type { Maths } from "./maths.ts";

/** What stands for letters and signs that LaTeX has commands for. */
const COMMANDS: Readonly<Record<string, string>> = {
  "∂": "\\partial ",
  "·": "\\cdot ",
  "−": "-",
  "Σ": "\\sum ",
  "σ": "\\sigma ",
  "δ": "\\delta ",
  "ŷ": "\\hat{y}",
  "≥": "\\ge ",
  "→": "\\to ",
  "|": "|",
  ":=": ":=",
};

/** Functions that LaTeX knows by name. */
const FUNCTIONS = ["exp", "log", "tanh", "sin", "cos", "max", "min"];

/** A formula as LaTeX, without dollar signs. */
export function latex(maths: Maths): string {
  return write(maths).replace(/ {2,}/g, " ").trim();
}

function write(m: Maths): string {
  switch (m.kind) {
    case "name":
      return Object.hasOwn(COMMANDS, m.text) ? COMMANDS[m.text] : /^[A-Za-z]$/.test(m.text) ? m.text : upright(m.text);
    case "word":
      return FUNCTIONS.includes(m.text) ? `\\${m.text}` : upright(m.text);
    case "number":
      return writeNumber(m.text);
    case "sign":
      return Object.hasOwn(COMMANDS, m.text) ? COMMANDS[m.text] : /^[=+<>,]$/.test(m.text) ? m.text : upright(m.text);
    case "row":
      return m.items.map(write).join(" ");
    case "fraction":
      return `\\frac{${write(m.over)}}{${write(m.under)}}`;
    case "index":
      return `{${write(m.base)}}_{${m.below.map((each) => /^\d+$/.test(each) ? each : upright(each)).join(",")}}`;
    case "power":
      return `{${write(m.base)}}^{${write(m.above)}}`;
    case "fence":
      return `\\left${m.open} ${write(m.item)} \\right${m.close}`;
    case "root":
      return `\\sqrt{${write(m.item)}}`;
    case "cases":
      return `\\begin{cases} ${
        m.cases.map(({ value, when }) => `${write(value)} & ${when === null ? "" : write(when)}`).join(" \\\\ ")
      } \\end{cases}`;
  }
}

function writeNumber(text: string): string {
  const [digits, exponent] = text.replaceAll("−", "-").split("e");
  const plain = /^-?[\d.]+$/.test(digits)
    ? digits
    : digits.endsWith("Infinity")
    ? digits.replace("Infinity", "\\infty")
    : upright(digits);
  return exponent === undefined ? plain : `${plain} \\cdot 10^{${exponent}}`;
}

/** Any text, so that no character of it is a command. */
function upright(text: string): string {
  const escaped = escapeControlCharacters(text)
    .replace(
      /[\\{}$&#%_^~]/g,
      (c) => c === "\\" ? "\\textbackslash{}" : c === "^" || c === "~" ? `\\${c}{}` : `\\${c}`,
    );
  return `\\text{${escaped}}`;
}
