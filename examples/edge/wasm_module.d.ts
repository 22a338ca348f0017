/** What a bundler makes of an imported `.wasm` file on platforms that compile it when a function is deployed. */
declare const kernels: WebAssembly.Module;
export default kernels;
