import { checkBoolean } from "../errors/check_boolean.ts";
import { checkOptions } from "../errors/check_options.ts";
import { describeValue } from "../errors/describe_value.ts";
import { CALL_FLAGS, CALL_TENSORS, type CallOptionName, listTensors, maskOfInput } from "./call_options.ts";
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
 * @param known the names of the options that the layer takes besides `training`
 * @throws {TypeError} If an input is none, or an option is unknown or none that can be used
 */
export function readCall(
  what: string,
  given: LayerOutput | readonly LayerOutput[],
  options: CallOptions,
  known: readonly CallOptionName[],
): LayerCall {
  const inputs = Array.isArray(given) ? [...given as readonly LayerOutput[]] : [given as LayerOutput];
  const stranger = inputs.find((input) => !(input instanceof LayerOutput));
  if (stranger !== undefined || inputs.length === 0) {
    throw new TypeError(
      `Cannot ${what}: it must be applied to what input() or a layer's apply gives, got ${describeValue(given)}`,
    );
  }
  return { inputs, options: readOptions(what, inputs, options, known) };
}

function readOptions(
  what: string,
  inputs: readonly LayerOutput[],
  options: CallOptions,
  known: readonly CallOptionName[],
): Readonly<CallOptions> {
  checkOptions(what, options, [...CALL_FLAGS, ...CALL_TENSORS]);
  const settled: CallOptions = {};
  for (const name of CALL_FLAGS) {
    const given = options[name];
    if (given === undefined) continue;
    const flag = checkBoolean(what, name, given);
    if (name !== "training" && !known.includes(name)) throw needless(what, name);
    settled[name] = flag;
  }
  for (const { name, tensor } of listTensors<unknown>(options)) {
    if (!(tensor instanceof LayerOutput)) {
      throw new TypeError(
        `Cannot ${what}: ${name} must be what input() or a layer's apply gives, or null, got ${describeValue(tensor)}`,
      );
    }
    if (!known.includes(name)) throw name === "mask" ? needlessMask(what, tensor) : needless(what, name);
  }
  const { mask, attentionMask } = options;
  if (Array.isArray(attentionMask)) {
    throw new TypeError(`Cannot ${what}: attentionMask must be one tensor, got ${describeValue(attentionMask)}`);
  }
  if (attentionMask) settled.attentionMask = attentionMask;
  if (Array.isArray(mask) && mask.length > inputs.length) {
    throw new TypeError(
      `Cannot ${what}: mask must have at most ${inputs.length} entries, one an input, got ${mask.length}`,
    );
  }
  inputs.forEach((x, i) => {
    const one = maskOfInput(options, i);
    if (one !== null) checkMaskShape(`${what} with the mask of "${one.name}"`, one.shape, x.shape);
  });
  if (mask && listTensors({ mask }).length > 0) {
    settled.mask = Array.isArray(mask) ? Object.freeze(mask.map((one) => one ?? null)) : mask;
  }
  return settled;
}

function needless(what: string, name: string): TypeError {
  return new TypeError(`Cannot ${what}: it takes no ${name}, which is for layers that name it (callOptions)`);
}

function needlessMask(what: string, { name }: LayerOutput): TypeError {
  return new TypeError(
    `Cannot ${what}: it takes no mask, got that of "${name}"; a mask goes to a layer that reads it (takesMask)`,
  );
}
