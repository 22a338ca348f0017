/** What becomes of the indices of a sample: they stay, each becomes a vector, or all of them together do. */
export type OutputMode = "int" | "one_hot" | "multi_hot" | "count" | "tf_idf";

/** The modes, for checks. */
export const OUTPUT_MODES: readonly OutputMode[] = ["int", "one_hot", "multi_hot", "count", "tf_idf"];
