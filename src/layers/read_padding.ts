import { describeValue } from "../errors/describe_value.ts";
import { type Margin, readMargins } from "./read_margins.ts";

/** The padding of a layer with windows: a rule for all axes, or margins, two an axis. */
export type LayerPadding = "valid" | "same" | "causal" | readonly Margin[];

/**
 * Reads the option `padding` of a layer with windows: `valid`, `same`, `causal` where `rules` has it, or margins in the forms that zero padding
 * takes. Default `valid`.
 *
 * @param what what is done, for messages: `create conv2d layer`
 * @throws {RangeError} If it is another word or a number is no integer >= 0; TypeError if it is none of these
 */
export function readPadding(
  what: string,
  value: unknown,
  axes: number,
  rules: readonly ("valid" | "same" | "causal")[] = ["valid", "same"],
): LayerPadding {
  if (value === undefined) return "valid";
  if (typeof value !== "string") return readMargins(what, "padding", value, axes);
  const rule = rules.find((name) => name === value);
  if (rule !== undefined) return rule;
  const forms = axes === 1 ? "margins [before, after]" : "margins [[top, bottom], [left, right]]";
  throw new RangeError(
    `Cannot ${what}: padding must be ${rules.map((name) => `"${name}"`).join(", ")} or ${forms}, got ${
      describeValue(value)
    }`,
  );
}
