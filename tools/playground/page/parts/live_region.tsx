// deno-lint-ignore-file verbatim-module-syntax -- the pragma uses h
/** @jsxRuntime classic */
/** @jsx h */
import { h, useEffect, useState } from "../../../packages/preact.ts";
import { formatCount, formatNumber, formatShare } from "./format.ts";
import { store, words } from "../state/store.ts";

const PAUSE_MS = 1000;

/** What screen readers are told: at most once a second, politely. */
export function LiveRegion() {
  const [said, setSaid] = useState("");
  useEffect(() => {
    let last = "";
    let lastNews = "";
    const timer = setInterval(() => {
      const news = store.announcement.peek();
      const state = stateInWords();
      if (news !== lastNews) setSaid(news);
      else if (state !== last && (last !== "" || state !== "")) setSaid(state);
      [last, lastNews] = [state, news];
    }, PAUSE_MS);
    return () => clearInterval(timer);
  }, []);
  return <p class="unseen" id="live" role="status" aria-live="polite">{said}</p>;
}

function stateInWords(): string {
  const frame = store.frame.peek();
  if (frame === null) return "";
  const w = words.peek();
  const state = w.liveState(formatCount(frame.epoch), formatNumber(frame.loss));
  return frame.accuracy === null ? state : `${state} ${w.liveAccuracy(formatShare(frame.accuracy))}`;
}
