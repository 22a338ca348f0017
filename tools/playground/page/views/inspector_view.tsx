// deno-lint-ignore-file verbatim-module-syntax -- the pragma uses h
/** @jsxRuntime classic */
/** @jsx h */
/// <reference lib="dom" />
import { h } from "../../../packages/preact.ts";
import { Card } from "../parts/card.tsx";
import { closeInspector } from "../state/actions.ts";
import { store, words } from "../state/store.ts";
import { ChainPanel } from "./chain_panel.tsx";
import { PhasePanel } from "./phase_panel.tsx";
import { RowPanel } from "./row_panel.tsx";

/** What is looked at: the chain of a weight, the values of a sample, or the step that is taken by hand. */
export function InspectorView() {
  const w = words.value;
  const { kind } = store.shown.value;
  const close = (
    <button type="button" class="small" onClick={closeInspector}>
      {w.close} <kbd>Esc</kbd>
    </button>
  );
  return (
    <Card
      id="inspector"
      title={w.inspector}
      tools={kind !== "none" && close}
      className={kind === "none" ? "" : "active"}
    >
      {kind === "none" && <p class="note">{w.inspectorEmpty}</p>}
      {kind === "chain" && <ChainPanel />}
      {kind === "row" && <RowPanel />}
      {kind === "phase" && <PhasePanel />}
    </Card>
  );
}
