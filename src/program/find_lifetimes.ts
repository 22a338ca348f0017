import type { Lifetime } from "./place_buffers.ts";
import type { Schedule } from "./schedule_phases.ts";

/**
 * When each buffer holds something: the first and the last instruction, or phase; −1: before the run, Infinity: after it. With one thread a
 * buffer lives from instruction to instruction; with several from phase to phase, since threads run apart in between.
 *
 * @param buffers whether the caller fills them before the run
 * @param kept the buffers that hold something after the run
 */
export function findLifetimes(
  buffers: readonly { readonly elements: number; readonly isInput: boolean }[],
  kept: ReadonlySet<number>,
  { instructions, barriers }: Schedule,
  ranks: number,
): Lifetime[] {
  const first = buffers.map(({ isInput }) => isInput ? -1 : Infinity);
  const last = first.slice();
  let phase = 0;
  instructions.forEach(({ args }, position) => {
    if (barriers[phase] === position) phase++;
    const at = ranks === 1 ? position : phase;
    for (const arg of args) {
      if (typeof arg === "number" || !("ref" in arg)) continue;
      const { buffer } = arg.ref;
      first[buffer] = Math.min(first[buffer], at);
      last[buffer] = last[buffer] === Infinity ? at : Math.max(last[buffer], at);
    }
  });
  return buffers.map(({ elements }, buffer) => ({
    elements,
    first: first[buffer],
    last: kept.has(buffer) ? Infinity : last[buffer],
  }));
}
