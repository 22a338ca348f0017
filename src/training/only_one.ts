/** The only one of the ports, where a model must have one of that kind. */
export function onlyOne<T extends { readonly name: string }>(kind: string, ports: readonly T[]): T {
  if (ports.length === 1) return ports[0];
  const names = ports.map(({ name }) => `"${name}"`).join(", ");
  throw new TypeError(`Cannot use the model here: it must have one ${kind}, got ${ports.length}: ${names}`);
}
