/**
 * A shape as text: `[4, 2]`. The axis whose length is not known before data arrive, null, prints as `batch`.
 *
 * @param shape The shape; null stands for the batch axis.
 * @returns `[4, 2]`, `[batch, 2]`, or `[]` for a single number.
 */
export function formatShape(shape: readonly (number | null)[]): string {
  return `[${shape.map((length) => length ?? "batch").join(", ")}]`;
}
