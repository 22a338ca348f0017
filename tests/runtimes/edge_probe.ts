/**
 * Runs in every runtime, bundled, behind a line that defines `edgeModels`: predicts with every engine and prints one line of JSON.
 *
 * @module
 */
import { type EdgeLoadOptions, load } from "../../src/edge/edge.ts";

/** A model and samples, as plain data. */
export interface ProbeModel {
  readonly bytes: readonly number[];
  readonly x: readonly number[];
}

/** By mode: the engine, and the outputs of all models. */
export type Probed = Record<"fast" | "portable" | "javascript", { engine: string; y: number[] }>;

const MODES: Readonly<Record<keyof Probed, EdgeLoadOptions>> = {
  fast: {},
  portable: { numerics: "portable" },
  javascript: { engine: "javascript" },
};

/** Predicts with every engine. */
export function probeEngines(models: readonly ProbeModel[]): Probed {
  return Object.fromEntries(
    Object.entries(MODES).map(([mode, options]) => {
      const loaded = models.map(({ bytes }) => load(Uint8Array.from(bytes), options));
      const y = models.flatMap(({ x }, i) => [...loaded[i].predictBatch(Float32Array.from(x))]);
      return [mode, { engine: loaded[0].engine, y }];
    }),
  ) as Probed;
}

const { edgeModels } = globalThis as { edgeModels?: readonly ProbeModel[] };
if (edgeModels !== undefined && !("document" in globalThis)) console.log(JSON.stringify(probeEngines(edgeModels)));
