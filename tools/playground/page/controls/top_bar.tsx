// deno-lint-ignore-file verbatim-module-syntax -- the pragma uses h
/** @jsxRuntime classic */
/** @jsx h */
/// <reference lib="dom" />
import { h } from "../../../packages/preact.ts";
import { PRESETS } from "../../configuration/presets.ts";
import { usePreset } from "../state/presets.ts";
import { show } from "../state/actions.ts";
import { isShown, store, words } from "../state/store.ts";
import { chapterTitle, presetWords } from "../../strings/preset_words.ts";

const CHAPTERS = [...new Set(PRESETS.map(({ chapter }) => chapter))];

/** The page's name, the lecture's chapters, and the language. */
export function TopBar() {
  const w = words.value;
  const { language, preset } = store.configuration.value;
  const other = language === "en" ? "es" : "en";
  const chosen = PRESETS.find(({ id }) => id === preset);
  const scene = presetWords(language, preset);
  return (
    <header class="top">
      <h1>
        retroprop <span>{w.title}</span>
      </h1>
      {isShown("presets") && (
        <div class="chapter">
          <label class="field" for="preset">
            <span>{w.presets}</span>
            <select id="preset" value={chosen?.id ?? ""} onChange={({ currentTarget: { value } }) => usePreset(value)}>
              {chosen === undefined && <option value="" selected>{w.presetNone}</option>}
              {CHAPTERS.map((chapter) => (
                <optgroup key={chapter} label={chapterTitle(language, chapter)}>
                  {PRESETS.filter((each) => each.chapter === chapter).map(({ id }) => (
                    <option key={id} value={id} selected={id === chosen?.id}>
                      {presetWords(language, id)?.[0] ?? id}
                    </option>
                  ))}
                </optgroup>
              ))}
            </select>
          </label>
          <p>{scene?.[1] ?? w.lead}</p>
        </div>
      )}
      <button
        type="button"
        class="language"
        id="language"
        lang={other}
        onClick={() => show({ language: other })}
      >
        {w.otherLanguage}
      </button>
    </header>
  );
}
