import { nearestName } from "./nearest_name.ts";
import { FOREIGN_NAMES, MISSING_NAMES } from "./foreign_names.ts";

/** What the runtime and test tools look for on any object. */
const PROBES = new Set(["then", "toJSON", "inspect", "nodeType", "default"]);

/**
 * Gives a module as an object that says what to write where somebody asks for a name it does not have: `layers.Dense`,
 * `losses.mse`, `layers.lstm`. Other absent names are undefined, and `in` tells what is there.
 *
 * The guard is the object's prototype, so that what is there is found without it.
 *
 * @param namespace The name it is exported by.
 * @param module The module.
 * @returns A frozen object with all that the module exports.
 */
export function guardNamespace<T extends object>(namespace: string, module: T): T {
  const names = Object.keys(module);
  const guard = new Proxy(Object.prototype, {
    get(target, name, receiver): unknown {
      if (typeof name === "string" && !(name in target) && !PROBES.has(name)) {
        const message = explainAbsence(namespace, name, names, module);
        if (message !== undefined) throw new TypeError(message);
      }
      return Reflect.get(target, name, receiver);
    },
  });
  // Shown as a plain object: the console would look into the guard.
  const show = { value: (): object => ({ ...module }) };
  const object: object = Object.create(guard, { [Symbol.for("nodejs.util.inspect.custom")]: show });
  return Object.freeze(Object.assign(object, module)) as T;
}

/** What to write instead of a name that a namespace does not have; undefined if nobody can tell. */
function explainAbsence(namespace: string, name: string, names: readonly string[], module: object): string | undefined {
  const start = `Cannot use ${namespace}.${name}`;
  const call = (there: string): string => {
    const value = (module as Record<string, unknown>)[there];
    if (typeof value !== "function" || /^[A-Z]/.test(there)) return `${namespace}.${there}`;
    const inside = namespace === "ops" ? "…" : value.length > 0 ? "{ … }" : "";
    return `${namespace}.${there}(${inside})`;
  };
  const plainName = plain(name);
  const same = names.find((there) => plain(there) === plainName);
  if (same !== undefined) return `${start}: it is written ${call(same)} here`;
  const instead = own(FOREIGN_NAMES, namespace)?.[plainName];
  if (typeof instead === "string") return `${start}: write ${instead}`;
  const list = `${namespace} has: ${names.join(", ")}`;
  if (own(MISSING_NAMES, namespace)?.includes(plainName)) {
    return `${start}: this library has none. ${list}${advise(namespace)}`;
  }
  const nearest = nearestName(name, names);
  return nearest === undefined ? undefined : `${start}: there is none; did you mean ${call(nearest)}? ${list}`;
}

function advise(namespace: string): string {
  if (namespace === "layers") return "; a layer of your own extends Layer";
  if (namespace === "metrics") return "; a metric of your own is an object { name, create() }";
  if (namespace === "callbacks") return "; a callback of your own is an object { onEpochEnd(epoch, logs) { … } }";
  return "";
}

function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll("_", "");
}
