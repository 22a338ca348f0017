import { checkBoolean } from "../errors/check_boolean.ts";
import { checkOptions } from "../errors/check_options.ts";
import { describeValue } from "../errors/describe_value.ts";
import { checkMaskShape } from "./check_mask_shape.ts";
import { type CallOptions, LayerOutput } from "./layer_output.ts";

/** What a layer is called with. */
export interface LayerCall {
  readonly inputs: readonly LayerOutput[];
  /** Without those that say nothing. */
  readonly options: Readonly<CallOptions>;
}

/**
 * Reads what a layer is called with.
 *
 * @param what what is done, for messages: `apply layer "dense"`
 * @param takesMask whether a mask can be given to the layer
 * @throws {TypeError} If an input is none, or an option is unknown or none that can be used
 */
export function readCall(
  what: string,
  given: LayerOutput | readonly LayerOutput[],
  options: CallOptions,
  takesMask: boolean,
): LayerCall {
  const inputs = Array.isArray(given) ? [...given as readonly LayerOutput[]] : [given as LayerOutput];
  const stranger = inputs.find((input) => !(input instanceof LayerOutput));
  if (stranger !== undefined || inputs.length === 0) {
    throw new TypeError(
      `Cannot ${what}: it must be applied to what input() or a layer's apply gives, got ${describeValue(given)}`,
    );
  }
  return { inputs, options: readOptions(what, inputs[0], options, takesMask) };
}

function readOptions(
  what: string,
  x: LayerOutput,
  options: CallOptions,
  takesMask: boolean,
): Readonly<CallOptions> {
  checkOptions(what, options, ["training", "mask"]);
  const { training, mask = null } = options;
  const settled: CallOptions = {};
  if (training !== undefined) settled.training = checkBoolean(what, "training", training);
  if (mask === null) return settled;
  if (!(mask instanceof LayerOutput)) {
    throw new TypeError(
      `Cannot ${what}: mask must be what input() or a layer's apply gives, or null, got ${describeValue(mask)}`,
    );
  }
  if (!takesMask) {
    throw new TypeError(
      `Cannot ${what}: it takes no mask, got that of "${mask.name}"; a mask goes to a layer that reads it (takesMask)`,
    );
  }
  checkMaskShape(`${what} with the mask of "${mask.name}"`, mask.shape, x.shape);
  return { ...settled, mask };
}
