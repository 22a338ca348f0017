/** What a file is, and what reads it. */
interface FileKind {
  readonly kind: string;
  readonly reader: string;
}

const KERAS = "Keras reads it with keras.models.load_model";

/** What files of these kinds begin with, from byte `at`. */
const MAGIC: readonly (FileKind & { readonly at?: number; readonly bytes: string })[] = [
  { bytes: "\x89HDF\r\n\x1a\n", kind: "an HDF5 file (.h5, .hdf5), as older Keras writes them", reader: KERAS },
  { bytes: "TFL3", at: 4, kind: "a TensorFlow Lite model (.tflite)", reader: "LiteRT reads it" },
  {
    bytes: "RPBACKUP",
    kind: "a backup of callbacks.backupAndRestore",
    reader: "that callback reads it, in the next fit",
  },
  {
    bytes: "SQLite format 3\0",
    kind: "an SQLite file, as the journal of a search is",
    reader: "readJournal reads a journal",
  },
  { bytes: "\x93NUMPY", kind: "a NumPy array (.npy)", reader: "numpy.load reads it" },
  { bytes: "GGUF", kind: "a GGUF model", reader: "llama.cpp reads it" },
  { bytes: "\x1f\x8b", kind: "a gzip file", reader: "unpack it first" },
  { bytes: "version https://git-lfs", kind: "a pointer of Git LFS", reader: "git lfs pull fetches the file" },
  { bytes: "\x08\x01\x12", kind: "a SavedModel of TensorFlow (.pb)", reader: "tf.saved_model.load reads its folder" },
];

/** What archives of these kinds have among the names of their files. */
const ARCHIVES: readonly (FileKind & { readonly names: RegExp })[] = [
  { names: /config\.json|model\.weights\.h5/, kind: "a Keras 3 model (.keras)", reader: KERAS },
  { names: /data\.pkl/, kind: "a PyTorch file (.pt, .pth)", reader: "torch.load reads it" },
  { names: /\.npy/, kind: "NumPy arrays (.npz)", reader: "numpy.load reads it" },
];

/** What texts of these kinds begin with or have. */
const TEXTS: readonly (FileKind & { readonly has: RegExp })[] = [
  {
    has: /^\{[^]*"(modelTopology|weightsManifest)"/,
    kind: "a model of TensorFlow.js (model.json)",
    reader: "tf.loadLayersModel reads it, with the weights in the files beside it",
  },
  {
    has: /^\{[^]*"class_name"/,
    kind: "the architecture of a Keras model as JSON",
    reader: "keras.models.model_from_json reads it",
  },
  { has: /^[{[]/, kind: "JSON", reader: "JSON.parse reads it" },
  { has: /^<(!doctype|html|\?xml)/i, kind: "a web page", reader: "a server sent it instead of the model" },
];

/** How much of a file is looked at. */
const LOOKED_AT = 1 << 16;

/** What a file is that is no safetensors file, and what reads it: by its first bytes. Null for one that may be, and for what is unknown. */
export function nameFileKind(bytes: Uint8Array): FileKind | null {
  if (bytes[8] === 0x7b && bytes.subarray(4, 8).every((byte) => byte === 0)) return null; // a header of under 4 GiB
  const start = latin1(bytes.subarray(0, LOOKED_AT));
  const magic = MAGIC.find(({ at = 0, bytes }) => start.startsWith(bytes, at));
  if (magic !== undefined) return magic;
  if (start.startsWith("PK\x03\x04")) {
    const names = start + latin1(bytes.subarray(Math.max(0, bytes.length - LOOKED_AT)));
    return ARCHIVES.find((archive) => archive.names.test(names)) ??
      { kind: "a zip archive", reader: "unpack it first" };
  }
  // A ModelProto: the version of its format, then one of its other fields.
  // deno-lint-ignore no-control-regex
  if (/^\x08[\x02-\x20][\x12\x1a\x22\x28\x32\x3a\x42]/.test(start)) {
    return { kind: "an ONNX model (.onnx)", reader: "ONNX Runtime reads it" };
  }
  // deno-lint-ignore no-control-regex
  if (/^\x80[\x02-\x05]/.test(start)) {
    return {
      kind: "a Python pickle, as older PyTorch writes them (.pt, .pkl)",
      reader: "torch.load or pickle.load reads it",
    };
  }
  const text = start.replace(/^(\xef\xbb\xbf)?\s+/, "").replace(/^\xef\xbb\xbf/, "");
  return TEXTS.find(({ has }) => has.test(text)) ?? null;
}

/** Bytes as characters of the same numbers. */
function latin1(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
