/** The id of a layer's activation; null where it has none, or one that does nothing. */
export function activationOf(layer: object | null): string | null {
  const id = (layer as { readonly activation?: { readonly id?: unknown } } | null)?.activation?.id;
  return typeof id === "string" && id !== "linear" ? id : null;
}
