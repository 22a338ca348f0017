/**
 * Emits the AssemblyScript of every kernel that comes from a formula table.
 *
 * @returns file name in asm/gen/ (for example `activations.ts`) → AssemblyScript text
 */
export function emitKernels(): Record<string, string> {
  return {};
}
