import type { EitherSpelling } from "../../errors/either_spelling.ts";
import { resolveRow, type RowKind } from "../../tables/resolve_row.ts";
import { type SamplerName, samplerTable } from "./gen/table.ts";
import type { Sampler } from "./sampler.ts";

/** What is taken where a sampler is asked for: a name, a sampler, or its saved form. */
export type SamplerSpec = EitherSpelling<SamplerName> | Sampler | Pick<Sampler, "id" | "config">;

const samplerKind: RowKind<Sampler> = {
  kind: "sampler",
  table: samplerTable,
  isMade: (spec) => "propose" in spec && typeof spec.propose === "function",
  call: "samplers.tpe()",
};

/**
 * The sampler that a name, a saved form or a sampler stands for.
 *
 * @param spec A name in any spelling, `{ id, config }`, or a sampler, which comes back as it is. A user's own sampler is one too.
 * @returns The sampler.
 * @throws {RangeError} If there is no sampler of that name; the message lists those that exist.
 * @throws {TypeError} If it is none of these, or has an unknown option.
 */
export function resolveSampler(spec: SamplerSpec | string): Sampler {
  return resolveRow(spec, samplerKind);
}
