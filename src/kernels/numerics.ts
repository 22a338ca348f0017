/**
 * How kernels compute.
 *
 * - `fast`: with fused multiply-add where the machine has it. The bits may differ between machines.
 * - `portable`: plain SIMD only. The same bits on every machine and runtime.
 */
export type Numerics = "fast" | "portable";
