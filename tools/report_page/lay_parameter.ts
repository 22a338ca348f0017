import type { ReportParameter, ReportTrial } from "../../src/search/report/report_data.ts";
import { formatValue } from "./format_value.ts";

/** A parameter laid on a line from 0 to 1. */
export interface ParameterAxis {
  /** Where the value of a trial lies; undefined if it does not have the parameter. */
  position(trial: ReportTrial): number | undefined;
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
}

const MOST_TICKS = 16;

/** Lays a parameter on a line: numbers by size or logarithm, few different values and words in equal steps. */
export function layParameter({ name, scale }: ReportParameter, trials: readonly ReportTrial[]): ParameterAxis {
  const valueOf = ({ params }: ReportTrial): unknown => Object.hasOwn(params, name) ? params[name] : undefined;
  const values = [...new Set(trials.map(valueOf))].filter((value) => value !== undefined);
  const areNumbers = values.every((value) => typeof value === "number");
  if (areNumbers) values.sort((a, b) => (a as number) - (b as number));
  const low = values[0] as number;
  const high = values.at(-1) as number;
  if (scale === "category" || !areNumbers || values.length < 2) {
    const places = new Map<unknown, number>(
      values.map((value, i) => [value, values.length === 1 ? 0.5 : i / (values.length - 1)]),
    );
    const step = Math.ceil(values.length / MOST_TICKS);
    return {
      position: (trial) => places.get(valueOf(trial)),
      ticks: values.filter((_, i) => i % step === 0).map((value) => ({
        at: places.get(value)!,
        label: formatValue(value),
      })),
    };
  }
  const isLog = scale === "log" && low > 0;
  const at = (value: number): number =>
    isLog ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  const shares = values.length <= 6 ? values.map((value) => at(value as number)) : [0, 0.25, 0.5, 0.75, 1];
  return {
    position: (trial) => {
      const value = valueOf(trial);
      return typeof value === "number" ? at(value) : undefined;
    },
    ticks: shares.map((share) => ({
      at: share,
      label: formatValue(Number((isLog ? low * (high / low) ** share : low + (high - low) * share).toPrecision(3))),
    })),
  };
}
