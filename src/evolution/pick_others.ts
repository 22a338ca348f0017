import type { Draws } from "./draws.ts";

/** Fills `picked` with different numbers from 0 to `count` − 1, none of which is `own`. There must be more than it asks for. */
export function pickOthers(draws: Draws, count: number, own: number, picked: Int32Array): void {
  for (let i = 0; i < picked.length; i++) {
    for (;;) {
      const found = draws.integer(count);
      let isNew = found !== own;
      for (let j = 0; j < i; j++) isNew &&= picked[j] !== found;
      if (!isNew) continue;
      picked[i] = found;
      break;
    }
  }
}
