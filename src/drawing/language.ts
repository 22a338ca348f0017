import { describeValue } from "../errors/describe_value.ts";

/** A language of explanations. */
export type Language = "en" | "es";

/** The languages there are. */
export const LANGUAGES: readonly Language[] = ["en", "es"];

/** Texts by key, each a function of the numbers (or words that are numbers' names) that stand in it. */
// deno-lint-ignore no-explicit-any -- each text takes its own arguments; the other languages' tables are typed by the first.
export type StringTable = Readonly<Record<string, (...values: any[]) => string>>;

/**
 * What the table of another language must have to go with `T`: the same keys, each of the same arguments. So `en.ts` is written first,
 * `export const en = {…} satisfies StringTable;`, and `es.ts` is `export const es: Translation<typeof en> = {…};`.
 */
export type Translation<T extends StringTable> = { readonly [K in keyof T]: (...values: Parameters<T[K]>) => string };

/** A table in every language. */
export type Strings<T extends StringTable> = Readonly<Record<Language, Translation<T>>>;

/**
 * Checks the option `language`; English by default.
 *
 * @param what What is done, as a verb phrase: `explain`.
 * @throws {TypeError} If there is no such language.
 */
export function readLanguage(what: string, language: unknown): Language {
  if (language === undefined) return "en";
  const known = LANGUAGES.find((each) => each === language);
  if (known === undefined) {
    throw new TypeError(`Cannot ${what}: language must be "en" or "es", got ${describeValue(language)}`);
  }
  return known;
}
