/**
 * The snake_case spelling of a camelCase or PascalCase name: `heNormal` → `he_normal`, `KLDivergence` → `kl_divergence`.
 * A name that is in snake_case already comes back as it is.
 *
 * @param name A name in either spelling.
 * @returns The snake_case spelling.
 */
export function snakeCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1_$2")
    .toLowerCase();
}
