/** A worker of the team was lost while a program ran. */
export class TeamFailure extends Error {
  override readonly name = "TeamFailure";
  /** The rank that was lost. */
  readonly rank: number;

  constructor(rank: number) {
    super(`Worker rank ${rank} was lost while a program ran`);
    this.rank = rank;
  }
}
