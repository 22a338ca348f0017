import * as initializers from "../../../../src/initializers/initializers.ts";
import * as layers from "../../../../src/layers/layers.ts";
import * as losses from "../../../../src/losses/losses.ts";
import * as optimizers from "../../../../src/optimizers/optimizers.ts";
import * as regularizers from "../../../../src/regularizers/regularizers.ts";
import * as schedules from "../../../../src/schedules/schedules.ts";
import { type Call, isCall } from "./call.ts";

/** The namespaces as the library exports them. */
const namespaces = { initializers, layers, losses, optimizers, regularizers, schedules };

/** Makes the call. The names come from the tables of the configuration, never from an address. */
export function makeCall({ call, options }: Call): unknown {
  const [namespace, name] = call.split(".");
  const factories = namespaces[namespace as keyof typeof namespaces] as unknown as Record<string, unknown>;
  const factory = Object.hasOwn(factories, name) ? factories[name] : undefined;
  if (typeof factory !== "function") throw new RangeError(`There is no ${call}`);
  const values = Object.entries(options).map(([key, value]) => [key, isCall(value) ? makeCall(value) : value]);
  return factory(Object.fromEntries(values));
}
