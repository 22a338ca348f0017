import type { Language, Strings, Translation } from "../../drawing/language.ts";
import { enChain } from "./en_chain.ts";
import { esChain } from "./es_chain.ts";

/** What explanations of the chain rule say. */
export type ChainWords = Translation<typeof enChain>;

/** The same in every language. */
export const chainStrings: Strings<typeof enChain> = { en: enChain, es: esChain };

/** The words of a language. */
export function chainWords(language: Language): ChainWords {
  return chainStrings[language];
}
