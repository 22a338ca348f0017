import { describeValue } from "../../errors/describe_value.ts";
import type { EitherSpelling } from "../../errors/either_spelling.ts";
import { lookUpName } from "../../errors/look_up_name.ts";
import type { Sampler } from "./sampler.ts";
import { type SamplerName, SAMPLERS } from "./table.ts";

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
  if (typeof spec === "string") return lookUpName("sampler", spec, SAMPLERS)();
  if (typeof spec === "object" && spec !== null && "id" in spec) {
    if ("propose" in spec && typeof spec.propose === "function") return spec;
    return lookUpName("sampler", spec.id, SAMPLERS)(spec.config as Record<string, never>);
  }
  const rule = "a sampler must be a name, an object from samplers.*, or { id, config }";
  throw new TypeError(`Cannot resolve sampler: ${rule}, got ${describeValue(spec)}`);
}
