const EMPTY = ["br", "hr", "img", "col"];

/**
 * Throws unless a text is well-formed markup without anything that runs: tags closed in order, no script, no handler, no address to load
 * from, every `&` an entity.
 */
export function checkMarkup(text: string): void {
  const open: string[] = [];
  const rest = text.replace(
    /<(\/?)([a-zA-Z][\w-]*)((?:\s+[\w:-]+(?:="[^"<>]*")?)*)\s*>/g,
    (_, closing, name, attributes) => {
      if (/^(script|style|iframe|object|link|foreignobject)$/i.test(name)) throw new Error(`holds <${name}>`);
      if (/\s(on\w+|href|src|xlink:href)=/i.test(attributes.replace(/"[^"]*"/g, '""'))) {
        throw new Error(
          `has a handler or an address: ${attributes}`,
        );
      }
      if (closing === "/") {
        const last = open.pop();
        if (last !== name) throw new Error(`</${name}> closes <${last}>`);
      } else if (!EMPTY.includes(name)) open.push(name);
      return "";
    },
  );
  if (open.length > 0) throw new Error(`not closed: ${open.join(", ")}`);
  const found = rest.match(/[<>]|&(?!#\d+;)/);
  if (found !== null) throw new Error(`unescaped ${rest.slice(Math.max(0, found.index! - 20), found.index! + 20)}`);
}
