import { describeValue } from "../errors/describe_value.ts";
import type { Dtype } from "../tensor/dtype.ts";
import type { LayerOutput } from "./layer_output.ts";

/** A layer as it is called. */
interface CalledClass {
  readonly name: string;
  readonly type: string;
  readonly dtypes: readonly Dtype[];
  readonly call: unknown;
}

/**
 * Checks that a layer can be called, takes so many inputs, and what their values are.
 *
 * @throws {TypeError} If it has no `call`, takes another number of inputs, or numbers where it is given strings
 */
export function checkCall(layer: CalledClass, inputs: readonly LayerOutput[], takes: (count: number) => boolean): void {
  const { name, type, dtypes, call } = layer;
  if (typeof call !== "function") {
    throw new TypeError(
      `Cannot build layer "${name}": its class must have call(t, x), which composes its ops and returns the result, got ${
        describeValue(call)
      }`,
    );
  }
  if (!takes(inputs.length)) {
    throw new TypeError(`Cannot call layer "${name || type}": it does not take ${inputs.length} inputs`);
  }
  const odd = inputs.find(({ dtype }) => !dtypes.includes(dtype));
  if (odd === undefined) return;
  const hint = odd.dtype !== "float32"
    ? "; a layer that makes numbers of them comes between, such as textVectorization, stringLookup, integerLookup or hashing"
    : `; it stands directly behind an input of the model: input({ shape, dtype: "${dtypes[0]}" })`;
  throw new TypeError(
    `Cannot apply layer "${name || type}": its input must be of dtype ${
      dtypes.map((dtype) => `"${dtype}"`).join(" or ")
    }, got "${odd.dtype}" from "${odd.name}"${hint}`,
  );
}
