import type { Row } from "../../tables/row.ts";
import type { Sampler } from "./sampler.ts";

/** One row of the table of samplers. */
export type SamplerRow = Row<object, Sampler>;
