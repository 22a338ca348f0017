// deno-lint-ignore-file verbatim-module-syntax -- the pragma uses h
/** @jsxRuntime classic */
/** @jsx h */
/// <reference lib="dom" />
/**
 * The playground's page: shows what the engine says, and asks it for what the user wants.
 *
 * @module
 */
import { effect, h, render } from "../../packages/preact.ts";
import { startEngine } from "../engine/start_engine.ts";
import { App } from "./app.tsx";
import { closeInspector, connect } from "./state/actions.ts";
import { followAddress } from "./state/address.ts";
import { store, words } from "./state/store.ts";

const stillness = matchMedia("(prefers-reduced-motion: reduce)");
const noteStillness = () => store.prefersStillness.value = stillness.matches;
noteStillness();
stillness.addEventListener("change", noteStillness);

addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (store.openLayer.value !== null) store.openLayer.value = null;
  else if (store.shown.value.kind !== "none") closeInspector();
  else store.neuron.value = null;
});

followAddress();
effect(() => {
  document.documentElement.lang = store.configuration.value.language;
  document.title = `retroprop – ${words.value.title}`;
});
render(<App />, document.getElementById("app")!);
startEngine().then(connect, (error: unknown) => {
  store.failure.value = error instanceof Error ? error.message : String(error);
});
