import { read, write } from "../ops/op.ts";
import type { Program } from "../program/program.ts";
import { ProgramBuilder } from "../program/program_builder.ts";

/** The program whose output `finite` is 0 if a block of `elements` weights is finite, else NaN; on the calling thread. */
export function compileProbe(elements: number): Program {
  const builder = new ProgramBuilder();
  const finite = builder.create("finite", 1);
  const weights = builder.place({ block: "weights", offset: 0 }, elements);
  builder.call("probe_finite", [write(finite, 0), read(weights, 0), elements], null);
  return builder.build({ inputs: {}, outputs: { finite: finite.buffer } });
}
