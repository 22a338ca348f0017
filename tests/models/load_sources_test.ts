import { assert, assertEquals, assertRejects } from "@std/assert";
import { callbacks, compileModel, FileFormatError, layers, loadModel, sequential } from "../../mod.ts";
import { hashWeights } from "./hash_weights.ts";
import { inFolder } from "../files/in_folder.ts";

const MODEL = sequential([layers.dense({ units: 2, inputShape: [3] })], { seed: 1 });
const BYTES = MODEL.toBytes();
const HASH = hashWeights(MODEL);

Deno.test("loadModel takes bytes in all their forms", async () => {
  const larger = new Uint8Array(BYTES.length + 9);
  larger.set(BYTES, 5);
  const shared = new Uint8Array(new SharedArrayBuffer(BYTES.length));
  shared.set(BYTES);
  const sources = [
    BYTES,
    BYTES.buffer,
    new DataView(larger.buffer, 5, BYTES.length),
    larger.subarray(5, 5 + BYTES.length),
    shared,
    new Blob([BYTES]),
    new Response(BYTES),
    Promise.resolve(new Response(BYTES)),
    Promise.resolve(BYTES),
    Promise.resolve(BYTES.buffer),
  ];
  for (const [i, source] of sources.entries()) assertEquals([i, hashWeights(await loadModel(source))], [i, HASH]);
});

Deno.test("a file: URL works as text, too, wherever a path does", async () => {
  await inFolder(async (folder) => {
    const url = `file://${folder}/a%20b.safetensors`;
    await MODEL.save(url);
    assertEquals(hashWeights(await loadModel(url)), HASH);
    assertEquals(hashWeights(await loadModel(`${folder}/a b.safetensors`)), HASH);
    MODEL.compile({ optimizer: "sgd", loss: "mse" });
    await MODEL.fit([[1, 2, 3]], [[0, 0]], {
      verbose: 0,
      callbacks: [
        callbacks.modelCheckpoint({ path: `file://${folder}/new/c-{epoch}` }),
        callbacks.csvLogger({ path: `file://${folder}/log.csv` }),
        callbacks.backupAndRestore({ path: `file://${folder}/b`, deleteCheckpoint: false }),
      ],
    });
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name).sort(), [
      ...["a b.safetensors", "b", "log.csv", "new"],
    ]);
    assertEquals([...Deno.readDirSync(`${folder}/new`)].map(({ name }) => name), ["c-1"]);
  });
});

Deno.test("what is no source is refused with what to give, and none of its content is shown", async () => {
  // deno-lint-ignore no-explicit-any
  const cases: [source: any, message: string][] = [
    [[...BYTES], `an array of ${BYTES.length}; write new Uint8Array(array)`],
    [new Float32Array(2), "a Float32Array; write new Uint8Array(array.buffer,"],
    [{ ...BYTES.subarray(0, 50) }, "an object"],
    [new Map(), "an object of class Map"],
    [5, "number"],
    [null, "null"],
    [undefined, "undefined"],
    [MODEL, "an object of class Sequential"],
  ];
  for (const [source, message] of cases) {
    const error = await assertRejects(() => loadModel(source), TypeError, "Cannot load model: source must be");
    assert(
      error.message.includes("Uint8Array") && error.message.endsWith(`got ${message}`) || message.includes(";"),
      message,
    );
    assert(error.message.includes(message), error.message);
    assert(error.message.length < 300, error.message);
  }
  const content = new TextDecoder("latin1").decode(BYTES);
  for (const text of [content, "x".repeat(5000)]) {
    const error = await assertRejects(() => loadModel(text), TypeError, "the content of a file is a Uint8Array");
    assert(error.message.length < 200, error.message);
  }
});

Deno.test("a URL of a server says to fetch it; a response that failed or was read says so", async () => {
  for (const url of ["https://example.com/m", new URL("http://example.com/m")]) {
    await assertRejects(() => loadModel(url), TypeError, "write loadModel(await fetch(url))");
  }
  const failed = new Response("<html>", { status: 404 });
  await assertRejects(() => loadModel(failed), Error, "the response must be ok, got status 404");
  const used = new Response(BYTES);
  await used.arrayBuffer();
  await assertRejects(() => loadModel(used), TypeError, "its body is used up");
});

/** Bytes that begin with some text, as characters of the same numbers, and are padded. */
const beginning = (text: string, more = 100): Uint8Array => {
  const bytes = new Uint8Array(text.length + more);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
};

Deno.test("files of other kinds are named, with what reads them", async () => {
  const cases: [bytes: Uint8Array, kind: RegExp][] = [
    [beginning("\x89HDF\r\n\x1a\n"), /HDF5.*Keras.*keras\.models\.load_model/],
    [beginning("PK\x03\x04....................config.json"), /Keras 3 model \(\.keras\).*load_model/],
    [beginning("PK\x03\x04....................archive/data.pkl"), /PyTorch.*torch\.load/],
    [beginning("PK\x03\x04....................kernel.npy"), /\.npz.*numpy\.load/],
    [beginning("PK\x03\x04"), /zip archive/],
    [beginning('{"format":"layers-model","modelTopology":{}}', 0), /TensorFlow\.js.*tf\.loadLayersModel/],
    [beginning('\n {"class_name":"Sequential"}', 0), /architecture of a Keras model/],
    [beginning('\xef\xbb\xbf{"a":1}', 0), /JSON/],
    [beginning("\x08\x08\x12\x07pytorch"), /ONNX.*ONNX Runtime/],
    [beginning("\x08\x0a\x3a\x07graph"), /ONNX/],
    [beginning("\x08\x01\x12\x10"), /SavedModel/],
    [beginning("\x1c\0\0\0TFL3"), /TensorFlow Lite/],
    [beginning("\x80\x02\x8a\nl\xfc\x9c"), /pickle/],
    [beginning("\x93NUMPY\x01\0"), /numpy\.load/],
    [beginning("GGUF\x03\0\0\0"), /GGUF/],
    [beginning("\x1f\x8b\x08\0"), /gzip/],
    [beginning("SQLite format 3\0"), /journal/],
    [beginning("RPBACKUP\x02\0\0\0"), /backupAndRestore/],
    [beginning("<!DOCTYPE html><html>"), /web page/],
    [beginning("version https://git-lfs.github.com/spec/v1"), /Git LFS/],
    [compileModel(MODEL), /compileModel.*load of "retroprop\/edge"/],
  ];
  for (const [bytes, kind] of cases) {
    const error = await assertRejects(() => loadModel(bytes), FileFormatError, "Cannot load model: it must be");
    assert(kind.test(error.message), `${kind}: ${error.message}`);
  }
  await assertRejects(() => loadModel(beginning("nothing of the kind")), FileFormatError, "safetensors");
  await assertRejects(() => loadModel(new Uint8Array(0)), FileFormatError, "at least 8 bytes");
});

Deno.test("save refuses names of other formats, and so does modelCheckpoint before it trains", async () => {
  await inFolder(async (folder) => {
    for (const ending of ["keras", "h5", "KERAS", "hdf5", "onnx", "pt", "json", "tflite"]) {
      for (const path of [`${folder}/m.${ending}`, new URL(`file://${folder}/m.${ending}`)]) {
        const error = await assertRejects(() => MODEL.save(path), RangeError, `ends with .${ending} promises another`);
        assert(error.message.endsWith('write "m.safetensors"'), error.message);
      }
      const callback = callbacks.modelCheckpoint({ path: `${folder}/m-{epoch}.${ending}` });
      const model = sequential([layers.dense({ units: 1, inputShape: [1] })]);
      model.compile({ optimizer: "sgd", loss: "mse" });
      const training = model.fit([[1]], [[1]], { verbose: 0, callbacks: [callback] });
      await assertRejects(() => training, RangeError, `ends with .${ending} promises another`);
      assertEquals(model.iteration, 0);
    }
    for (const path of ["indexeddb://m", "localstorage://m", "https://example.com/m", "downloads://m"]) {
      await assertRejects(() => MODEL.save(path), RangeError, "use toBytes() and store the bytes yourself");
    }
    assertEquals([...Deno.readDirSync(folder)], []);
    for (const name of ["m", "m.safetensors", "m.bin", "keras", "m.keras.safetensors"]) {
      await MODEL.save(`${folder}/${name}`);
    }
  });
});
