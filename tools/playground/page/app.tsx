// deno-lint-ignore-file verbatim-module-syntax -- the pragma uses h
/** @jsxRuntime classic */
/** @jsx h */
/// <reference lib="dom" />
import { h } from "../../packages/preact.ts";
import { DataPanel } from "./controls/data_panel.tsx";
import { LearningPanel } from "./controls/learning_panel.tsx";
import { TopBar } from "./controls/top_bar.tsx";
import { Transport } from "./controls/transport.tsx";
import { LiveRegion } from "./parts/live_region.tsx";
import { isShown, store, words } from "./state/store.ts";
import { BentPlaneView } from "./views/bent_plane_view.tsx";
import { BoundaryView } from "./views/boundary_view.tsx";
import { CurvatureView } from "./views/curvature_view.tsx";
import { CurvesView } from "./views/curves_view.tsx";
import { FindingsView } from "./views/findings_view.tsx";
import { FlowView } from "./views/flow_view.tsx";
import { InspectorView } from "./views/inspector_view.tsx";
import { NetworkView } from "./views/network_view.tsx";
import { RaceView } from "./views/race_view.tsx";
import { RunsView } from "./views/runs_view.tsx";
import { SeriesView } from "./views/series_view.tsx";
import { ShareView } from "./views/share_view.tsx";

const LEARNING = ["rate", "optimizer", "loss", "batch", "seed", "stop"] as const;

/** The whole page. */
export function App() {
  const w = words.value;
  return (
    <div class="page">
      <a class="skip" href="#network-title">{w.skip}</a>
      <TopBar />
      <main>
        <Failure />
        <Transport />
        <div class="columns">
          <div class="column settings">
            {(isShown("data") || isShown("features")) && <DataPanel />}
            {LEARNING.some(isShown) && <LearningPanel />}
          </div>
          <div class="column middle">
            <NetworkView />
            {isShown("chain") && <InspectorView />}
            {isShown("findings") && <FindingsView />}
            {isShown("flow") && <FlowView />}
          </div>
          <div class="column right">
            <BoundaryView />
            {isShown("curves") && <CurvesView />}
            <BentPlaneView />
          </div>
        </div>
        <div class="more-views">
          {isShown("curvature") && <CurvatureView />}
          {isShown("race") && <RaceView />}
          {isShown("runs") && <RunsView />}
          {isShown("series") && <SeriesView />}
          {(isShown("share") || isShown("script")) && <ShareView />}
        </div>
      </main>
      <footer>
        <p>{w.footer} {w.otherColours}</p>
      </footer>
      <LiveRegion />
    </div>
  );
}

/** What did not work, and what of the address could not be used. */
function Failure() {
  const w = words.value;
  const { failure, problems } = store;
  return (
    <div>
      {failure.value !== null && (
        <div class="failure" role="alert">
          <p>
            <b>{w.failed}</b> {failure.value}
          </p>
          <button type="button" class="small" onClick={() => failure.value = null}>{w.close}</button>
        </div>
      )}
      {problems.value.length > 0 && (
        <div class="failure" role="alert" id="problems">
          <div>
            <p>{w.badAddress}</p>
            <ul>
              {problems.value.map(({ path, rule, allowed, found }, i) => (
                <li key={i}>
                  <code>{path}</code> {w.addressRules[rule]} ({allowed}), {w.found(found)}
                </li>
              ))}
            </ul>
          </div>
          <button type="button" class="small" onClick={() => problems.value = []}>{w.close}</button>
        </div>
      )}
    </div>
  );
}
