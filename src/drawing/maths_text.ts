import { escapeControlCharacters } from "../errors/escape_control_characters.ts";
import type { Maths } from "./maths.ts";

/** A formula as one line of plain text: `∂E/∂w = (ŷ − y) · 0.5`. Indices stand in brackets: `z[1][2]`. */
export function mathsText(maths: Maths): string {
  return escapeControlCharacters(write(maths));
}

function write(m: Maths): string {
  switch (m.kind) {
    case "name":
    case "word":
    case "number":
    case "sign":
      return m.text;
    case "row": {
      let text = "";
      m.items.forEach((item, i) => {
        const isPrefix = item.kind === "sign" &&
          (item.text === "∂" || item.text === "Σ" || i === 0 && item.text === "−");
        if (item.kind === "sign" && item.text === ",") text += ", ";
        else if (item.kind === "sign" && !isPrefix) text += i === 0 ? `${item.text} ` : ` ${item.text} `;
        else text += write(item);
      });
      return text;
    }
    case "fraction":
      return `${operand(m.over)}/${operand(m.under)}`;
    case "index":
      return `${write(m.base)}[${m.below.join("][")}]`;
    case "power":
      return `${operand(m.base)}^${m.above.kind === "row" ? `(${write(m.above)})` : operand(m.above)}`;
    case "fence":
      return `${m.open}${write(m.item)}${m.close}`;
    case "root":
      return `√(${write(m.item)})`;
    case "cases":
      return `{ ${
        m.cases.map(({ value, when }) => write(value) + (when === null ? "" : ` if ${write(when)}`)).join("; ")
      } }`;
  }
}

/** What stands beside a bar or above a base: in parentheses if it is more than one thing. */
function operand(m: Maths): string {
  const isOne = m.kind !== "row" && m.kind !== "fraction" && m.kind !== "cases" ||
    m.kind === "row" && m.items.length === 2 && m.items[0].kind === "sign" && m.items[0].text === "∂" ||
    m.kind === "row" && m.items.length === 2 && m.items[0].kind !== "sign" && m.items[1].kind === "fence";
  return isOne ? write(m) : `(${write(m)})`;
}
