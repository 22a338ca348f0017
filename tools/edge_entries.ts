/** An entry that loads compiled models. */
export interface EdgeEntry {
  /** Its name in rows of kernels, and what begins its names of files and constants. */
  readonly name: "edge" | "blocks" | "sequences";
  /** What users import. */
  readonly specifier: string;
  /** How large it may be, in kilobytes: bundled, minified and gzipped, with the kernels. */
  readonly kilobytes: number;
}

/**
 * The entries for compiled models: each has all operations of those before it under the same opcodes, and more. So what one of them loads, the
 * next loads as well.
 */
export const edgeEntries: readonly EdgeEntry[] = [
  { name: "edge", specifier: "retroprop/edge", kilobytes: 15 },
  { name: "blocks", specifier: "retroprop/edge/blocks", kilobytes: 30 },
  { name: "sequences", specifier: "retroprop/edge/sequences", kilobytes: 40 },
];

/** The files that an entry is made of, and how its constants begin: the first has plain names. */
export function filesOf({ name }: EdgeEntry): {
  readonly source: string;
  readonly bundle: string;
  readonly dispatch: string;
  readonly actions: string;
  readonly wasmText: string;
  /** The modules, portable and fast. */
  readonly kernels: readonly [string, string];
} {
  const prefix = name === "edge" ? "" : `${name}_`;
  return {
    source: `src/edge/${name}.ts`,
    bundle: `dist/${prefix === "" ? "edge" : `edge_${name}`}.js`,
    dispatch: `asm/gen/edge_${prefix}dispatch.ts`,
    actions: `src/edge/gen/${prefix}actions.ts`,
    wasmText: `src/edge/gen/${prefix}wasm.ts`,
    kernels: [`src/edge/${prefix}kernels.wasm`, `src/edge/${prefix}kernels_fast.wasm`],
  };
}
