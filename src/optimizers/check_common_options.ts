import { checkBoolean } from "../errors/check_boolean.ts";
import { checkInteger } from "../errors/check_integer.ts";
import { checkNumber } from "../errors/check_number.ts";
import type { CommonOptions } from "./common_options.ts";
import type { CommonConfig } from "./optimizer.ts";

const CLIPS = ["clipnorm", "clipvalue", "globalClipnorm"] as const;

/**
 * Checks the options that every optimizer takes, apart from the learning rate, and fills in the defaults.
 *
 * @param what What is being done, as a verb phrase: `create sgd optimizer`.
 * @param options What the user gave.
 * @returns The options in full.
 * @throws {TypeError} If an option has the wrong type, or two of the clip options are given, which exclude each other.
 * @throws {RangeError} If a value is out of range.
 */
export function checkCommonOptions(what: string, options: CommonOptions): CommonConfig {
  const clip = (name: (typeof CLIPS)[number]): number | null => {
    const value = options[name] ?? null;
    return value === null ? null : checkNumber(what, name, value, { minExclusive: 0 });
  };
  const count = (name: "emaOverwriteFrequency" | "gradientAccumulationSteps", min: number): number | null => {
    const value = options[name] ?? null;
    return value === null ? null : checkInteger(what, name, value, { min });
  };
  const weightDecay = options.weightDecay ?? null;
  const config: CommonConfig = {
    weightDecay: weightDecay === null ? null : checkNumber(what, "weightDecay", weightDecay, { min: 0 }),
    clipnorm: clip("clipnorm"),
    clipvalue: clip("clipvalue"),
    globalClipnorm: clip("globalClipnorm"),
    useEma: checkBoolean(what, "useEma", options.useEma ?? false),
    emaMomentum: checkNumber(what, "emaMomentum", options.emaMomentum ?? 0.99, { min: 0, max: 1 }),
    emaOverwriteFrequency: count("emaOverwriteFrequency", 1),
    gradientAccumulationSteps: count("gradientAccumulationSteps", 2),
  };
  const given = CLIPS.filter((name) => config[name] !== null);
  if (given.length > 1) {
    const found = given.map((name) => `${name} ${config[name]}`).join(" and ");
    throw new TypeError(`Cannot ${what}: clipnorm, clipvalue and globalClipnorm exclude each other, got ${found}`);
  }
  return config;
}
