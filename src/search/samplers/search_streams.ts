import { streamOf } from "../../tensor/streams.ts";

/** The random streams that a search draws from. Journals depend on the numbers: append, never renumber. */
export const SEARCH_STREAMS = {
  /** A trial's params; the step is the number of the trial. */
  params: streamOf("search", 0),
  /** The order of the points of a countable space. */
  order: streamOf("search", 1),
  /** The permutations of digits of a scrambled Halton sequence. */
  digits: streamOf("search", 2),
  /** The bootstrap samples behind parameter importance. */
  forest: streamOf("search", 3),
  /** Which samples are held out. */
  folds: streamOf("search", 4),
} as const;
