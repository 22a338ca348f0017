/// <reference lib="dom" />
import { effect } from "../../../packages/preact.ts";
import type { Configuration } from "../../configuration/configuration.ts";
import { readHash, writeHash } from "../../configuration/hash.ts";
import { restart } from "./actions.ts";
import { store } from "./store.ts";

const PAUSE_MS = 400;

/** The page's address with everything in it. */
export function addressOf(configuration: Configuration): string {
  return `${location.href.replace(/#.*$/s, "")}${writeHash(configuration)}`;
}

/** Reads the settings from the address, and keeps the address in step with them. */
export function followAddress(): void {
  let written = "";
  const read = (): void => {
    const { hash } = location;
    if (hash === written || hash === "" || hash === "#" || !/[#&](v\d|lang=|hide=)/.test(hash)) return;
    const { configuration, problems } = readHash(hash);
    store.configuration.value = configuration;
    store.problems.value = problems;
    restart();
  };
  read();
  addEventListener("hashchange", read);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isFirst = true;
  effect(() => {
    const configuration = store.configuration.value;
    if (isFirst) {
      isFirst = false;
      return; // the address stays as it was opened until something is changed
    }
    clearTimeout(timer);
    timer = setTimeout(() => {
      written = writeHash(configuration);
      history.replaceState(null, "", written);
    }, PAUSE_MS);
  });
}
