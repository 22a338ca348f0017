import { describeValue } from "../errors/describe_value.ts";
import type { EitherSpelling } from "../errors/either_spelling.ts";

/** Where the channels of an image are: behind height and width, or before them. */
export type DataFormat = EitherSpelling<"channels_last" | "channels_first">;

/** Reads the option `dataFormat`. Default `channels_last`. @throws {RangeError} If it is another one */
export function readDataFormat(what: string, value: unknown): "channels_last" | "channels_first" {
  if (value === undefined || value === "channels_last" || value === "channelsLast") return "channels_last";
  if (value === "channels_first" || value === "channelsFirst") return "channels_first";
  throw new RangeError(
    `Cannot ${what}: dataFormat must be "channels_last" or "channels_first", got ${describeValue(value)}`,
  );
}
