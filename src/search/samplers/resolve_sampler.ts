import { describeValue } from "../../errors/describe_value.ts";
import type { EitherSpelling } from "../../errors/either_spelling.ts";
import { findRow } from "../../tables/find_row.ts";
import { type SamplerName, samplerTable } from "./gen/table.ts";
import type { Sampler } from "./sampler.ts";

/** What is taken where a sampler is asked for: a name, a sampler, or its saved form. */
export type SamplerSpec = EitherSpelling<SamplerName> | Sampler | Pick<Sampler, "id" | "config">;

/**
 * The sampler that a name, a saved form or a sampler stands for.
 *
 * @param spec A name in any spelling, `{ id, config }`, or a sampler, which comes back as it is. A user's own sampler is one too.
 * @returns The sampler.
 * @throws {RangeError} If there is no sampler of that name; the message lists those that exist.
 * @throws {TypeError} If it is none of these, or has an unknown option.
 */
export function resolveSampler(spec: SamplerSpec | string): Sampler {
  if (typeof spec === "string") return findRow("sampler", spec, samplerTable).create();
  if (typeof spec === "object" && spec !== null && "id" in spec) {
    if ("propose" in spec && typeof spec.propose === "function") return spec;
    return findRow("sampler", spec.id, samplerTable).create(spec.config);
  }
  const rule = "a sampler must be a name, an object from samplers.*, or { id, config }";
  throw new TypeError(`Cannot resolve sampler: ${rule}, got ${describeValue(spec)}`);
}
