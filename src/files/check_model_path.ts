/** Endings of files that are of another format. */
const OTHER_FORMATS = /\.(keras|h5|hdf5|onnx|tflite|pb|pt|pth|ckpt|pkl|npz|npy|json|gguf|zip)$/i;

/**
 * Refuses a path whose name promises another format than safetensors, in which models are written, and one that is a URL of another kind.
 *
 * @throws RangeError that begins with `task`
 */
export function checkModelPath(path: unknown, task: string): void {
  const text = path instanceof URL ? path.pathname : path;
  if (typeof text !== "string") return; // who writes the file says what a path is
  const scheme = path instanceof URL ? undefined : /^([A-Za-z][A-Za-z0-9+.-]+):\/\//.exec(text)?.[1].toLowerCase();
  if (scheme !== undefined && scheme !== "file") {
    throw new RangeError(
      `${task}: path must lead to a file, got one that begins with ${scheme}://; use toBytes() and store the bytes yourself`,
    );
  }
  const ending = OTHER_FORMATS.exec(text)?.[0];
  if (ending === undefined) return;
  const name = text.slice(Math.max(text.lastIndexOf("/"), text.lastIndexOf("\\")) + 1, -ending.length).slice(-80);
  throw new RangeError(
    `${task}: a model is written in the format safetensors, and a name that ends with ${ending} promises another one; write ` +
      JSON.stringify(`${name}.safetensors`),
  );
}
