import { read, write } from "../ops/op.ts";
import type { Program } from "../program/program.ts";
import { ProgramDraft } from "./program_draft.ts";

/** The program whose output `finite` is 0 if a block of `elements` weights is finite, else NaN; on the calling thread. */
export function compileProbe(elements: number): Program {
  const draft = new ProgramDraft();
  const finite = draft.scratch("finite", 1);
  draft.call("probe_finite", [write(finite, 0), read(draft.place("weights", 0, elements), 0), elements], null);
  return { ...draft.build(), outputs: { finite: finite.buffer } };
}
