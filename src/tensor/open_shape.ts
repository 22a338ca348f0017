/** A shape whose axes may have lengths that are known only when data arrive: null stands for these. */
export type OpenShape = readonly (number | null)[];
