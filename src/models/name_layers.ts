import type { Layer } from "../layers/layer.ts";

/** Gives every layer without a name its type, numbered from the second on: `dense`, `dense_1`. Two layers of one name are an error, and so is one layer in two places. */
export function nameLayers(layers: readonly Layer[]): void {
  const seen = new Set<Layer>();
  const taken = new Set<string>();
  for (const layer of layers) {
    if (seen.has(layer)) {
      throw new TypeError(
        `Cannot create model: a layer belongs to one place in one model, got the same ${layer.type} layer twice; make two`,
      );
    }
    seen.add(layer);
    if (layer.name === "") continue;
    if (taken.has(layer.name)) {
      throw new TypeError(`Cannot create model: layer names must be unique, got "${layer.name}" twice`);
    }
    taken.add(layer.name);
  }
  const next = new Map<string, number>(); // by type, the first number that may be free
  for (const layer of layers) {
    if (layer.name !== "") continue;
    let number = next.get(layer.baseName) ?? 0;
    const nameOf = (n: number): string => n === 0 ? layer.baseName : `${layer.baseName}_${n}`;
    while (taken.has(nameOf(number))) number++;
    layer.giveName(nameOf(number));
    taken.add(layer.name);
    next.set(layer.baseName, number + 1);
  }
}
