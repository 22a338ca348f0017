/** Where the lists of names begin and end in README.md. */
const BEGIN = "<!-- The next table is written by `deno task build`. -->";
const END = "<!-- End of what is written by `deno task build`. -->";

/** The namespaces in the order in which readers look for them; others come behind. */
const ORDER = [
  "layers",
  "activations",
  "losses",
  "optimizers",
  "schedules",
  "metrics",
  "callbacks",
  "initializers",
  "regularizers",
  "constraints",
  "samplers",
  "pruners",
  "plot",
];

/**
 * The text of README.md with the table of all factories by namespace, as `deno fmt` writes it.
 *
 * @param readme the text as it is
 * @param namespaces the namespaces by name
 * @throws Error if the marks are missing
 */
export function emitNameLists(readme: string, namespaces: Readonly<Record<string, object>>): string {
  const [start, end] = [readme.indexOf(BEGIN), readme.indexOf(END)];
  if (start < 0 || end < start) throw new Error(`Cannot list names in README.md: it must have ${BEGIN} and ${END}`);
  const others = Object.keys(namespaces).filter((name) => !ORDER.includes(name)).sort();
  const rows = [["namespace", "what is in it"]];
  for (const name of [...ORDER, ...others]) rows.push([`\`${name}\``, listFactories(namespaces[name])]);
  const widths = [0, 1].map((i) => Math.max(...rows.map((row) => row[i].length)));
  rows.splice(1, 0, widths.map((width) => "-".repeat(width)));
  const lines = rows.map((row) => `| ${row.map((cell, i) => cell.padEnd(widths[i])).join(" | ")} |`);
  return `${readme.slice(0, start)}${BEGIN}\n\n${lines.join("\n")}\n\n${readme.slice(end)}`;
}

/** The functions of a namespace, whose names begin with a small letter; classes begin with a capital one. */
function listFactories(namespace: object): string {
  const names = Object.entries(namespace).filter(([name, value]) => typeof value === "function" && /^[a-z]/.test(name));
  return names.map(([name]) => name).sort((a, b) => a.toLowerCase() < b.toLowerCase() ? -1 : 1)
    .map((name) => `\`${name}\``).join(", ");
}
