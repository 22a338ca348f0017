import type { Json } from "../../tensor/json.ts";
import type { ResolvedSpace } from "./space.ts";

/**
 * A space as plain data, for a journal to tell one search from another: equal spaces give equal JSON. Of a forbidding function
 * only its source text is kept.
 *
 * @param space The space.
 * @returns `{ parameters: [{ name, dimension, when? }], forbidden }`, parameters in the user's order.
 */
export function describeSpace(space: ResolvedSpace): Json {
  const parameters = space.names.map((name) => {
    const { dimension, when } = space.parameters.find((each) => each.name === name)!;
    return { name, dimension, ...(when === undefined ? {} : { when }) };
  });
  const forbidden = space.forbidden.map((rule) => typeof rule === "function" ? { function: String(rule) } : rule);
  return { parameters, forbidden } as unknown as Json;
}
