/**
 * Options of one call of a layer. `T` stands for a tensor: what a layer gives, or a node of the graph while the call is traced.
 *
 * Every layer takes `training`; the others go to layers that name them (`Layer.callOptions`).
 */
export interface CallOptionsOf<T> {
  /** Whether the layer behaves as in training here, or as in prediction. Default: as the model does. */
  training?: boolean;
  /**
   * The mask of the first input, or a list of one for each input, for a layer that takes one (`Layer.takesMask`): what a layer gives, of
   * the shape of that input's first axes, such as [batch, steps]. What is 0 there is masked. Default, and null: the mask that the input has, if
   * it has one; a tensor that is several inputs has the first one that it is given.
   */
  mask?: T | null | readonly (T | null)[];
  /** Which steps attend to which ones, for attention: [batch, steps of the query, steps of the value]. What is 0 there is masked. */
  attentionMask?: T | null;
  /** Whether a step attends to itself and those before it only, for attention. Default false. */
  useCausalMask?: boolean;
  /** Whether attention gives its probabilities as a second result. Default false. */
  returnAttentionScores?: boolean;
}

/** The options that are true or false. */
export const CALL_FLAGS = ["training", "useCausalMask", "returnAttentionScores"] as const;
/** The options that are tensors. */
export const CALL_TENSORS = ["mask", "attentionMask"] as const;

/** The name of an option of calls. */
export type CallOptionName = keyof CallOptionsOf<never>;

/** A tensor among the options of a call. */
export interface OptionTensor<T> {
  /** The option. */
  readonly name: (typeof CALL_TENSORS)[number];
  readonly tensor: T;
}

/** The tensors among the options of a call, in the order of their names. */
export function listTensors<T>(options: Readonly<CallOptionsOf<T>>): OptionTensor<T>[] {
  return CALL_TENSORS.flatMap((name) => {
    const given = options[name] ?? null;
    const list = Array.isArray(given) ? given as readonly (T | null)[] : [given as T | null];
    return list.flatMap((tensor) => tensor === null ? [] : [{ name, tensor }]);
  });
}

/** The same options with something else in the place of every tensor. */
export function mapTensors<T, Other>(
  options: Readonly<CallOptionsOf<T>>,
  change: (tensor: T) => Other,
): CallOptionsOf<Other> {
  const of = (tensor: T | null): Other | null => tensor === null ? null : change(tensor);
  const changed = CALL_TENSORS.filter((name) => options[name] !== undefined).map((name) => {
    const given = options[name]!;
    return [name, Array.isArray(given) ? (given as readonly (T | null)[]).map(of) : of(given as T | null)];
  });
  return { ...options, ...Object.fromEntries(changed) } as CallOptionsOf<Other>;
}

/** The mask that a call is given for input `i`; null where it is given none. */
export function maskOfInput<T>({ mask = null }: Readonly<CallOptionsOf<T>>, i: number): T | null {
  if (Array.isArray(mask)) return (mask as readonly (T | null)[])[i] ?? null;
  return i === 0 ? mask as T | null : null;
}
