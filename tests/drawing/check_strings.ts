import { assertEquals } from "@std/assert";
import { LANGUAGES, type Strings, type StringTable } from "../../src/drawing/language.ts";

/**
 * Holds a table of texts to what every one must have: the same keys in each language, a text for each, every value that a text is given to
 * be found in it, and no two languages alike where the key is not named among `alike`.
 */
export function checkStrings<T extends StringTable>(tables: Strings<T>, alike: readonly string[] = []): void {
  const keys = Object.keys(tables.en).sort();
  for (const language of LANGUAGES) assertEquals(Object.keys(tables[language]).sort(), keys, language);
  for (const key of keys) {
    const texts = LANGUAGES.map((language) => {
      const text = tables[language][key];
      const values = Array.from({ length: text.length }, (_, i) => 11 + 2 * i);
      const shown = text(...values as Parameters<typeof text>);
      assertEquals(typeof shown === "string" && shown.trim() !== "", true, `${language}.${key} is empty`);
      for (const value of values) {
        assertEquals(shown.includes(String(value)), true, `${language}.${key} lacks ${value}`);
      }
      return shown;
    });
    assertEquals(texts[0] === texts[1], alike.includes(key), `${key}: the same text in two languages`);
  }
}
