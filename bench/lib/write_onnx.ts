/** A tensor of an ONNX graph: weights, float32. */
export interface OnnxTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** A node of an ONNX graph. Attributes are whole numbers, lists of them, or text. */
export interface OnnxNode {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, number | readonly number[] | string>>;
}

/** An ONNX graph; ports have names and shapes, and are float32, or int64 where `isIndex`. */
export interface OnnxGraph {
  readonly inputs: readonly { readonly name: string; readonly shape: readonly number[]; readonly isIndex?: boolean }[];
  readonly outputs: readonly { readonly name: string; readonly shape: readonly number[] }[];
  readonly tensors: readonly OnnxTensor[];
  readonly nodes: readonly OnnxNode[];
}

const FLOAT = 1, INT64 = 7;
/** Kinds of attributes: AttributeProto.AttributeType. */
const INT = 2, STRING = 3, INTS = 7;
const OPSET = 17, IR = 8;

type Part = readonly number[] | Uint8Array;

function varint(value: number): number[] {
  const bytes: number[] = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push(value % 128 | 128);
  return [...bytes, value];
}

/** A number under a key of protobuf. */
const number = (key: number, value: number): number[] => [...varint(key * 8), ...varint(value)];

/** Bytes under a key: text, or another message. */
function bytes(key: number, ...parts: readonly (Part | string)[]): Uint8Array {
  const all = parts.map((part) => typeof part === "string" ? new TextEncoder().encode(part) : Uint8Array.from(part));
  const head = [...varint(key * 8 + 2), ...varint(all.reduce((sum, { length }) => sum + length, 0))];
  const result = new Uint8Array(head.length + all.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of [head, ...all]) result.set(part, at), at += part.length;
  return result;
}

function port(key: number, { name, shape, isIndex = false }: OnnxGraph["inputs"][number]): Uint8Array {
  const axes = shape.map((length) => bytes(1, number(1, length)));
  const tensor = bytes(1, number(1, isIndex ? INT64 : FLOAT), bytes(2, ...axes));
  return bytes(key, bytes(1, name), bytes(2, tensor));
}

function attribute(name: string, value: number | readonly number[] | string): Uint8Array {
  const [kind, content]: [number, Part] = typeof value === "number"
    ? [INT, number(3, value)]
    : typeof value === "string"
    ? [STRING, bytes(4, value)]
    : [INTS, value.flatMap((item) => number(8, item))];
  return bytes(5, bytes(1, name), content, number(20, kind));
}

/** Writes a graph as an ONNX model (opset 17): the bytes of the protobuf, of which a few messages suffice. */
export function writeOnnx({ inputs, outputs, tensors, nodes }: OnnxGraph): Uint8Array {
  const graph = bytes(
    7,
    ...nodes.map(({ op, inputs, outputs, attributes = {} }) =>
      bytes(
        1,
        ...inputs.map((name) => bytes(1, name)),
        ...outputs.map((name) => bytes(2, name)),
        bytes(4, op),
        ...Object.entries(attributes).map(([name, value]) => attribute(name, value)),
      )
    ),
    bytes(2, "graph"),
    ...tensors.map(({ name, shape, data }) =>
      bytes(
        5,
        ...shape.map((length) => number(1, length)),
        number(2, FLOAT),
        bytes(8, name),
        bytes(9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
      )
    ),
    ...inputs.map((given) => port(11, given)),
    ...outputs.map((given) => port(12, given)),
  );
  const model = [number(1, IR), graph, bytes(8, bytes(1, ""), number(2, OPSET))];
  return Uint8Array.from(model.flatMap((part) => [...part]));
}
