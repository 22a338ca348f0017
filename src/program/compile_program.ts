import { type GraphRequest, lowerGraph } from "./lower_graph.ts";
import type { Program } from "./program.ts";
import { ProgramBuilder } from "./program_builder.ts";

/** What a program shall compute, and for whom. */
export interface ProgramRequest extends GraphRequest {
  /** How many threads the program is for. Default 1. */
  readonly ranks?: number;
  /** The number of rows, of a program that shall be the same for any other number: see `ProgramBuilder.build`. */
  readonly rows?: number;
}

/** Compiles the nodes that the outputs need into a program. */
export function compileProgram(request: ProgramRequest): Program {
  const builder = new ProgramBuilder(request.ranks);
  return builder.build(lowerGraph(builder, request), request.rows);
}
