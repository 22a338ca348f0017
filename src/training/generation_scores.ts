/** What a generation scored: smaller is better. */
export interface GenerationScores {
  readonly best: number;
  readonly mean: number;
  /** The standard deviation. */
  readonly spread: number;
  /** How many members had no finite score; they count in none of the others. */
  readonly failed: number;
}
