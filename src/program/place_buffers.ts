/** A buffer to be placed: its size, and the first and last instruction at which it holds something. */
export interface Lifetime {
  readonly elements: number;
  readonly first: number;
  readonly last: number;
}

/** Elements between the beginnings of buffers: 64 bytes, one cache line, so that workers do not share lines. */
const ALIGNMENT = 16;

/**
 * Gives every buffer an offset so that no two that live at the same time overlap.
 *
 * The largest first, each at the lowest offset that is free during its life.
 *
 * @returns the offsets in elements, multiples of 16, and the size of the whole
 */
export function placeBuffers(lifetimes: readonly Lifetime[]): { offsets: number[]; elements: number } {
  const order = lifetimes.map((_, i) => i).sort((a, b) => lifetimes[b].elements - lifetimes[a].elements || a - b);
  const offsets: number[] = new Array(lifetimes.length).fill(0);
  const placed: number[] = [];
  let total = 0;
  for (const i of order) {
    const { elements, first, last } = lifetimes[i];
    const size = roundUp(elements);
    const busy = placed.filter((j) => lifetimes[j].first <= last && lifetimes[j].last >= first);
    let offset = 0;
    for (const j of busy) { // `placed` is kept in order of offsets
      if (offsets[j] - offset >= size) break;
      offset = Math.max(offset, offsets[j] + roundUp(lifetimes[j].elements));
    }
    offsets[i] = offset;
    total = Math.max(total, offset + size);
    let at = placed.length;
    while (at > 0 && offsets[placed[at - 1]] > offset) at--;
    placed.splice(at, 0, i);
  }
  return { offsets, elements: total };
}

function roundUp(elements: number): number {
  return Math.ceil(elements / ALIGNMENT) * ALIGNMENT;
}
