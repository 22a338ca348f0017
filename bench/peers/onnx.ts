/**
 * onnxruntime-web, on one thread.
 *
 * @module
 */
import { type OnnxGraph, writeOnnx } from "../lib/write_onnx.ts";

const VERSION = "1.30.0";

/** A tensor of onnxruntime. */
export interface OrtTensor {
  readonly data: Float32Array | BigInt64Array;
}
/** What a session takes and gives, by name. */
export type OrtTensors = Readonly<Record<string, OrtTensor>>;
interface Session {
  run(feeds: OrtTensors): Promise<OrtTensors>;
}
interface Ort {
  readonly env: { readonly wasm: { numThreads: number } };
  readonly Tensor: new (type: string, data: Float32Array | BigInt64Array, shape: readonly number[]) => OrtTensor;
  readonly InferenceSession: {
    create(bytes: Uint8Array, options: Record<string, unknown>): Promise<Session>;
  };
}

/** onnxruntime-web with a graph in it, and how its tensors are made. */
export interface OnnxPeer {
  readonly name: string;
  run(feeds: OrtTensors): Promise<OrtTensors>;
  tensor(data: Float32Array | BigInt64Array, shape: readonly number[]): OrtTensor;
}

/** Loads a graph. The name of the package is not in the module graph, so that nothing else depends on it. */
export async function loadOnnx(graph: OnnxGraph): Promise<OnnxPeer> {
  const name = `npm:onnxruntime-web@${VERSION}`;
  const ort = await import(name) as Ort;
  ort.env.wasm.numThreads = 1;
  const session = await ort.InferenceSession.create(writeOnnx(graph), {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionProviders: ["wasm"],
  });
  return {
    name: `onnxruntime-web ${VERSION}`,
    run: (feeds) => session.run(feeds),
    tensor: (data, shape) => new ort.Tensor(data instanceof Float32Array ? "float32" : "int64", data, shape),
  };
}
