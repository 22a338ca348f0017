/** One folder of src/ and what it may import. */
export interface Tier {
  /** The folder's name under src/. */
  folder: string;
  /** Folders it may import besides itself; by default all that stand before it in {@link tiers}. */
  mayImport?: readonly string[];
  /**
   * The folders in it, from the bottom up: each imports only from itself and from those before it. Files that lie in the tier's folder
   * itself stand above them. Without floors all files of the folder may import each other.
   */
  floors?: readonly string[];
  /** True when no other folder of src/ may import it, though it stands before them, but one that names it. */
  isLeaf?: boolean;
  /** True where its files may import mod.ts: it is an entry of its own whose bundle takes the library from dist/mod.js. */
  isBeside?: boolean;
}

/**
 * The architecture: the folders of src/ from the bottom up. A folder imports only from itself and from folders before it.
 */
export const tiers: readonly Tier[] = [
  { folder: "errors" },
  { folder: "files" },
  { folder: "formula" },
  { folder: "kernels" },
  { folder: "tensor" },
  { folder: "text" },
  { folder: "data" },
  { folder: "tables" },
  { folder: "initializers" },
  { folder: "regularizers" },
  { folder: "constraints" },
  { folder: "schedules" },
  { folder: "activations" },
  { folder: "compose" },
  { folder: "losses" },
  { folder: "metrics" },
  { folder: "evolution" },
  { folder: "optimizers" },
  { folder: "ops" },
  { folder: "graph" },
  { folder: "layers" },
  { folder: "program" },
  { folder: "workers" },
  { folder: "store" },
  { folder: "update" },
  { folder: "training" },
  { folder: "callbacks" },
  { folder: "models" },
  { folder: "export" },
  {
    folder: "search",
    floors: ["space", "samplers", "pruners", "trials", "journal", "report", "engine", "cli"],
  },
  { folder: "edge", mayImport: ["errors", "files", "formula", "kernels", "tensor", "text", "workers"], isLeaf: true },
  { folder: "image", mayImport: ["errors", "files", "tensor", "data", "training"], isLeaf: true },
  { folder: "drawing", mayImport: ["errors", "formula", "tensor"] },
  { folder: "notebook", isLeaf: true },
  { folder: "plot", isLeaf: true },
  {
    folder: "facade",
    mayImport: [
      "activations",
      "callbacks",
      "compose",
      "constraints",
      "errors",
      "formula",
      "initializers",
      "layers",
      "losses",
      "metrics",
      "optimizers",
      "plot",
      "regularizers",
      "schedules",
      "search",
    ],
    isLeaf: true,
  },
  {
    folder: "explain",
    floors: ["strings", "trace", "chain", "watch", "curvature", "diagnose"],
    isLeaf: true,
    isBeside: true,
  },
];
