import { PRESETS } from "../../configuration/presets.ts";
import { configure } from "./actions.ts";
import { store } from "./store.ts";

/** Begins a chapter of the lecture. Language and hidden controls stay. */
export function usePreset(id: string): void {
  const found = PRESETS.find((preset) => preset.id === id);
  if (found === undefined) return;
  const { language, hide } = store.configuration.value;
  store.neuron.value = null;
  configure({ ...found.configuration, language, hide, preset: id });
}
