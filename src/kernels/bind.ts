import { kernelModule } from "./kernel_module.ts";
import type { Numerics } from "./numerics.ts";

/** Bytes in a page of WebAssembly memory. */
const PAGE_BYTES = 65536;
/** The most pages that the kernels accept: 4 GiB. */
const MAX_PAGES = 65536;

/** Kernels bound to one memory. */
export interface BoundKernels {
  /** Runs the encoded program at a byte address. */
  readonly run: (address: number) => void;
  /** Launches the programs of a team, given the address of its control block, and runs that of rank 0. */
  readonly launch: (control: number) => void;
  /** The first byte that is free for the model. */
  readonly heapBase: number;
}

/**
 * Makes a memory that holds `bytes`.
 *
 * @param explain says what takes the most of it, for the error
 * @throws RangeError if that is not to be had
 */
export function createMemory(bytes: number, explain?: () => string): WebAssembly.Memory {
  const pages = checkPages("allocate", bytes, explain);
  try {
    return new WebAssembly.Memory({ initial: Math.max(1, pages), maximum: MAX_PAGES, shared: true });
  } catch (cause) {
    throw refusal("allocate", bytes, explain, cause);
  }
}

/**
 * Makes `memory` at least `bytes` long; it never shrinks. Views on an older buffer stay valid for what they cover.
 *
 * @param explain says what takes the most of it, for the error
 * @returns whether it has grown
 * @throws RangeError if that is not to be had; the memory is as it was
 */
export function growMemory(memory: WebAssembly.Memory, bytes: number, explain?: () => string): boolean {
  const missing = checkPages("grow", bytes, explain) - memory.buffer.byteLength / PAGE_BYTES;
  if (missing <= 0) return false;
  try {
    memory.grow(missing);
    return true;
  } catch (cause) {
    throw refusal("grow", bytes, explain, cause);
  }
}

function checkPages(what: string, bytes: number, explain?: () => string): number {
  const pages = Math.ceil(bytes / PAGE_BYTES);
  if (pages <= MAX_PAGES) return pages;
  throw new RangeError(
    `Cannot ${what} the model's memory: at most 4 GiB can be addressed, wanted ${formatBytes(bytes)}${clause(explain)}`,
  );
}

function refusal(what: string, bytes: number, explain: (() => string) | undefined, cause: unknown): RangeError {
  const wanted = `wanted ${formatBytes(bytes)}, and the runtime refused${clause(explain)}`;
  return new RangeError(`Cannot ${what} the model's memory: ${wanted}`, { cause });
}

function clause(explain?: () => string): string {
  return explain === undefined ? "" : `; ${explain()}`;
}

/** Binds the kernels to a memory. */
export function bindKernels(memory: WebAssembly.Memory, numerics: Numerics): BoundKernels {
  const instance = new WebAssembly.Instance(kernelModule(numerics), { env: { memory } });
  const { run, launch, heapBase } = instance.exports as unknown as {
    run: (address: number) => void;
    launch: (control: number) => void;
    heapBase: () => number;
  };
  return { run, launch, heapBase: heapBase() };
}

/** "1.5 MiB" */
export function formatBytes(bytes: number): string {
  const units = ["bytes", "KiB", "MiB", "GiB"];
  let unit = 0;
  let value = bytes;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}
