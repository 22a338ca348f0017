import type { Configuration } from "./configuration.ts";
import { DEFAULT_CONFIGURATION } from "./default_configuration.ts";
import { type ReadConfiguration, readConfiguration } from "./read_configuration.ts";

/** What the fragment of an address begins with: the version of its form. */
const PREFIX = "v1=";
/** The longest fragment that is read. */
const MOST_CHARACTERS = 400_000;

/** The fragment of an address for a configuration, `#v1=…`: what differs from the default, as JSON in base64url. */
export function writeHash(configuration: Configuration): string {
  const { data, weights } = configuration;
  const short = {
    ...configuration,
    data: { ...data, points: data.points.map(({ x1, x2, y }) => [x1, x2, y]) },
    weights: weights?.map(shortest) ?? null,
  };
  const entries = Object.entries(short).filter(([name, value]) => {
    return JSON.stringify(value) !==
      JSON.stringify((DEFAULT_CONFIGURATION as unknown as Record<string, unknown>)[name]);
  });
  const bytes = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return "#" + PREFIX + btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/**
 * The configuration of a fragment, with or without "#"; `hide=` and `lang=` may stand beside it: `#v1=…&lang=es&hide=script,race`. What cannot be
 * used is reported, and the default taken.
 */
export function readHash(fragment: string): ReadConfiguration {
  const parts = fragment.replace(/^#/, "").slice(0, MOST_CHARACTERS).split("&").filter((part) => part !== "");
  let value: Record<string, unknown> = {};
  const more: Record<string, unknown> = {};
  const unread: string[] = [];
  for (const part of parts) {
    const [name, ...rest] = part.split("=");
    const text = rest.join("=");
    if (`${name}=` === PREFIX) {
      const read = unpack(text);
      if (read === undefined) unread.push(part);
      else value = read as Record<string, unknown>;
    } else if (name === "lang") more.language = text;
    else if (name === "hide") more.hide = text === "" ? [] : text.split(",");
    else unread.push(part);
  }
  const isPlain = typeof value === "object" && value !== null && !Array.isArray(value);
  const read = readConfiguration(isPlain ? { ...value, ...more } : value);
  const problems = unread.slice(0, 5).map((part) => ({
    path: "#",
    rule: "unreadable" as const,
    allowed: "v1=…&lang=…&hide=…",
    found: part.length > 40 ? `${part.slice(0, 39)}…` : part,
  }));
  return { configuration: read.configuration, problems: [...problems, ...read.problems] };
}

/** The JSON of base64url; undefined where it is none. */
function unpack(text: string): unknown {
  try {
    const characters = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(characters, (character) => character.charCodeAt(0));
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

/** The decimal number with the fewest digits that is the same in float32. */
function shortest(value: number): number {
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === Math.fround(value)) return short;
  }
  return Number(value.toPrecision(9));
}
