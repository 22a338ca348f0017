import { assert, assertEquals } from "@std/assert";
import { HIDEABLE_NAMES } from "../../tools/playground/configuration/hideable_names.ts";
import { DATA_NAMES } from "../../tools/playground/configuration/data_names.ts";
import { PRESETS } from "../../tools/playground/configuration/presets.ts";
import { en } from "../../tools/playground/strings/en.ts";
import { es } from "../../tools/playground/strings/es.ts";
import { chapterTitle, presetWords } from "../../tools/playground/strings/preset_words.ts";

/** What is the same in both languages: names and symbols. */
const SAME = [
  "dataNames.xor",
  "dataNames.iris",
  "inspector",
  "hideNames.chain",
  "featureNames.x1",
  "featureNames.x2",
  "featureNames.x1_squared",
  "featureNames.x2_squared",
  "featureNames.x1_x2",
  "flowColumns.1",
];

/** All texts of a table by their paths; functions are called with marks. */
function* textsOf(value: unknown, path: string): Generator<[path: string, text: string]> {
  if (typeof value === "string") yield [path, value];
  else if (typeof value === "function") yield [path, value("⟨1⟩", "⟨2⟩", "⟨3⟩")];
  else if (typeof value === "object" && value !== null) {
    for (const [name, inner] of Object.entries(value)) yield* textsOf(inner, path === "" ? name : `${path}.${name}`);
  }
}

Deno.test("every text of the page stands in both languages, and differs", () => {
  const english = new Map(textsOf(en, ""));
  const spanish = new Map(textsOf(es, ""));
  assertEquals([...spanish.keys()].sort(), [...english.keys()].sort());
  for (const [path, text] of english) {
    const other = spanish.get(path)!;
    assert(text.trim() !== "" && other.trim() !== "", `${path} is empty`);
    const hasWords = /\p{Letter}/u.test(text);
    assertEquals(text === other, !hasWords || SAME.includes(path), `${path}: ${text}`);
    // What a text is given stands in it in each language.
    for (const mark of ["⟨1⟩", "⟨2⟩", "⟨3⟩"]) {
      assertEquals(other.includes(mark), text.includes(mark), `${path}: ${other}`);
    }
  }
});

Deno.test("every scene and chapter has a title and words in both languages", () => {
  for (const { id, chapter } of PRESETS) {
    const [title, words] = presetWords("en", id) ?? [];
    const [titulo, palabras] = presetWords("es", id) ?? [];
    assert(title && words && titulo && palabras, id);
    assert(title !== titulo && words !== palabras, `${id}: ${title}`);
    assert(chapterTitle("en", chapter) !== chapterTitle("es", chapter), chapter);
  }
  assertEquals(presetWords("en", "toString"), undefined);
});

Deno.test("every data set and every control that can be hidden has a name", () => {
  for (const strings of [en, es]) {
    assertEquals(Object.keys(strings.dataNames).sort(), [...DATA_NAMES].sort());
    assertEquals(Object.keys(strings.hideNames).sort(), [...HIDEABLE_NAMES].sort());
  }
});
