import type { Program } from "../program/program.ts";
import { elementsOfKept } from "../program/compose_members.ts";
import type { LoadedProgram } from "../workers/loaded_program.ts";
import type { FilledBatch } from "./filled_batch.ts";

/** By what members of a population are chosen. */
export interface Selection {
  /** Whether that is the loss. */
  readonly isLoss: boolean;
  /** Whether high or low is good. Scores are small where it is good, and have the other sign where high is. */
  readonly direction: "max" | "min";
  /** The outputs of the program of a member that it needs. */
  kept(member: Program): readonly string[];
  /** Tells the score of each of `members` members that a program has computed. */
  score(
    program: LoadedProgram,
    batch: FilledBatch,
    members: number,
    tell: (member: number, score: number) => void,
  ): void;
}

/** Members are chosen by the loss. */
export const lossSelection: Selection = {
  isLoss: true,
  direction: "min",
  kept: () => ["loss"],
  score(program, _, members, tell) {
    const losses = program.output("loss");
    const stride = elementsOfKept(1);
    for (let i = 0; i < members; i++) tell(i, losses[i * stride]);
  },
};
