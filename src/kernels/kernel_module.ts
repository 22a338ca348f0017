import { hasRelaxedSimd } from "./features.ts";
import { kernelsWasm } from "./gen/wasm.ts";
import type { Numerics } from "./numerics.ts";
import { unmarkModule } from "./unmark_module.ts";

/** Compiled modules: compiling is pure, so each is compiled once. A module handed in by `init` takes its place here. */
const modules: Partial<Record<Numerics, WebAssembly.Module>> = {};

/**
 * Hands in ready kernel modules, for runtimes that refuse to compile bytes at run time.
 *
 * `module` serves both numerics. Without a call the kernels are compiled from the package itself when first needed.
 *
 * @throws TypeError if `module` is not a module of these kernels
 */
export function init(options: { readonly module: WebAssembly.Module }): void {
  const { module } = options;
  if (!(module instanceof WebAssembly.Module)) {
    throw new TypeError(`Cannot initialise: module must be a WebAssembly.Module, got ${typeof module}`);
  }
  const names = WebAssembly.Module.exports(module).map((entry) => entry.name);
  for (const needed of ["run", "heapBase"]) {
    if (!names.includes(needed)) {
      throw new TypeError(
        `Cannot initialise: the module must export "${needed}", it exports ${names.join(", ") || "nothing"}`,
      );
    }
  }
  provideModule("fast", module);
  provideModule("portable", module);
}

/** Sets a ready module for one numerics: for workers, which are sent it and need not compile their own. */
export function provideModule(numerics: Numerics, module: WebAssembly.Module): void {
  modules[numerics] = module;
}

/** The kernels' module. `fast` without relaxed SIMD in the runtime is the portable one. */
export function kernelModule(numerics: Numerics): WebAssembly.Module {
  const found = modules[numerics];
  if (found !== undefined) return found;
  const relaxed = numerics === "fast" && hasRelaxedSimd();
  const module = numerics === "fast" && !relaxed
    ? kernelModule("portable")
    : new WebAssembly.Module(unmarkModule(kernelsWasm, relaxed));
  modules[numerics] = module;
  return module;
}
