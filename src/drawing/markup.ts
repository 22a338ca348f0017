import { escapeControlCharacters } from "../errors/escape_control_characters.ts";

/** Text that is HTML, SVG or MathML already. Only {@link element}, {@link fragment} and {@link trusted} make it. */
export class Markup {
  /** The markup. */
  readonly text: string;

  /** @ignore */
  constructor(text: string) {
    this.text = text;
  }

  /** The markup as text. */
  toString(): string {
    return this.text;
  }
}

/** What stands in an element: markup as it is, anything else as text, escaped. null and undefined are left out. */
export type Child = Markup | string | number | null | undefined | readonly Child[];

/** The attributes of an element. undefined, null and false are left out, true stands without a value. */
export type AttributesOf = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** What HTML closes by itself. */
const EMPTY = ["br", "hr", "img", "col"];

/** Text as it stands in markup: `<b>` becomes `&#60;b&#62;`, and control characters can be seen. */
export function escapeMarkup(text: string): string {
  return escapeControlCharacters(text).replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/**
 * One element, as `element("td", { class: "number" }, 0.5)`. Values of attributes and children that are text are escaped; names are not,
 * and must be literals of the program.
 */
export function element(name: string, attributes: AttributesOf = {}, ...children: readonly Child[]): Markup {
  let start = name;
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    start += value === true ? ` ${key}` : ` ${key}="${escapeMarkup(String(value))}"`;
  }
  return new Markup(EMPTY.includes(name) ? `<${start}>` : `<${start}>${join(children)}</${name}>`);
}

/** Children one after the other, without an element around them. */
export function fragment(...children: readonly Child[]): Markup {
  return new Markup(join(children));
}

/** Markup that is known to be safe: never text that somebody gave. */
export function trusted(markup: string): Markup {
  return new Markup(markup);
}

function join(children: readonly Child[]): string {
  let text = "";
  for (const child of children) {
    if (child === null || child === undefined) continue;
    if (child instanceof Markup) text += child.text;
    else if (Array.isArray(child)) text += join(child);
    else text += escapeMarkup(String(child));
  }
  return text;
}
