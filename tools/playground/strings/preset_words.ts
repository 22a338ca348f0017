import { en, enChapters } from "./en_presets.ts";
import { es, esChapters } from "./es_presets.ts";

type Words = readonly [title: string, words: string];

/** The title of a scene, and what to look at in it; undefined for none. */
export function presetWords(language: "en" | "es", id: string | null): Words | undefined {
  const table = language === "es" ? es : en;
  return id !== null && Object.hasOwn(table, id) ? table[id] : undefined;
}

/** The title of a chapter. */
export function chapterTitle(language: "en" | "es", chapter: string): string {
  return (language === "es" ? esChapters : enChapters)[chapter] ?? chapter;
}
