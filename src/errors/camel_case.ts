/**
 * The camelCase spelling of a snake_case name: `learning_rate` → `learningRate`, `l1_l2` → `l1L2`.
 * A name without underscores comes back as it is.
 *
 * @param name A name in either spelling.
 * @returns The camelCase spelling.
 */
export function camelCase(name: string): string {
  return name.replace(/(?<=[A-Za-z0-9])_+([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
