import { edgeEntries, type EdgeSpecifier } from "../kernels/gen/edge_kernels.ts";

/** The entries for compiled models, the smallest first, with the names of the operations that each has and those before it have not. */
export const entryOperations: readonly (readonly [specifier: EdgeSpecifier, names: readonly string[]])[] = edgeEntries
  .map(([specifier, text]) => [specifier, [...text.matchAll(/(?:^|,)\^?(\w+)/g)].map(([, name]) => name)]);
