import type { CallArgument, Description, Port } from "../files/compiled_format.ts";
import { countElements, isCount } from "../files/is_shape.ts";
import { isArray, type Operation } from "./operations.ts";
import { failRead, readCompiled, type Stored } from "./read_compiled.ts";
import type { PlannedCall, Runtime } from "./runtime.ts";

/** A tensor and its place. The matrix of a product has room for whole panels of 8 columns. */
export interface PlacedWeight {
  readonly stored: Stored;
  /** The scales of an int8 tensor's columns. */
  readonly scale: Stored | null;
  readonly isFactor: boolean;
  readonly at: number;
}

/** A checked model: where everything lies, in elements from the beginning of the model's memory. */
export interface EdgePlan {
  /** What it was planned for. */
  readonly runtime: Runtime;
  readonly description: Description;
  readonly name: string;
  readonly input: Port;
  readonly output: Port;
  readonly inputElements: number;
  readonly outputElements: number;
  /** Where input and output lie: `arena + at · rows`. */
  readonly inputAt: number;
  readonly outputAt: number;
  readonly arena: number;
  /** The most samples in one run. */
  readonly maxRows: number;
  readonly calls: readonly PlannedCall[];
  readonly weights: readonly PlacedWeight[];
  /** The size of all, in elements. The arena has room for any one matrix, before the first run. */
  readonly elements: number;
}

/** The memory of a model is at most this many bytes and this many times the file. */
const BASE_BYTES = 1 << 20;
const FILE_TIMES = 64;
/** What 32-bit addresses reach, without the kernels' own tables and the code. */
const MAX_BYTES = 2 ** 32 - 2 ** 25;
/** The most samples in one run. */
const MAX_ROWS = 256;
/** Elements between the beginnings of arrays; also what is left free behind weights and arena: whole vectors may go beyond an end. */
const ALIGNMENT = 16;

const align = (elements: number): number => Math.ceil(elements / ALIGNMENT) * ALIGNMENT;

/**
 * Checks a compiled model and lays out its memory: working memory, weights, then the arena.
 *
 * Every address that a call can reach, for any number of rows up to `maxRows`, is checked here against the array that it belongs to,
 * so that no program reads or writes anything else. A model may take 1 MiB and 64 times the size of its file.
 *
 * @param loader what it is to be a file for; a stepper is run for one sequence at a time
 * @throws FileFormatError
 */
export function planModel(
  bytes: Uint8Array,
  runtime: Runtime,
  loader: "load" | "loadStepper" | "loadTextModel" = "load",
): EdgePlan {
  const { description, tensors } = readCompiled(bytes);
  const { arenaElements, scratchElements = 0, calls, inputs: [input], outputs: [output] } = description;

  const { steps, encoder } = description;
  const wanted = steps !== undefined ? "loadStepper" : encoder !== undefined ? "loadTextModel" : "load";
  if (wanted !== loader) failRead(`the file is for ${wanted} of "retroprop/edge/sequences"`);

  let elements = scratchElements && align(scratchElements) + ALIGNMENT;
  let staging = 0;
  const weights: PlacedWeight[] = [];
  const placed = new Map<string, number>();
  const weightAt = (name: string, isFactor: boolean): number => {
    const key = `${isFactor} ${name}`;
    const known = placed.get(key);
    if (known !== undefined) return known;
    const stored = tensors.get(name)!;
    const n = stored.shape.at(-1)!;
    const at = elements;
    elements += align(isFactor ? Math.ceil(n / 8) * 8 * stored.elements / n : stored.elements) + ALIGNMENT;
    if (isFactor) staging = Math.max(staging, stored.elements);
    weights.push({ stored, scale: stored.dtype === "I8" ? scaleOf(tensors, name, stored) : null, isFactor, at });
    placed.set(key, at);
    return at;
  };
  const planned = calls.map(([name, ...args]): PlannedCall => {
    const operation = runtime.operations.get(name);
    if (operation === undefined) {
      failRead(`calls must be of known operations, got ${quote(name)}${layerOf(args)}${runtime.hint}`);
    }
    return resolveCall(name, operation, args, { tensors, weightAt, scratchElements, findFault: runtime.findFault });
  });
  const budget = Math.min(BASE_BYTES + FILE_TIMES * bytes.byteLength, MAX_BYTES) / 4;
  const arena = elements;
  const perRow = align(arenaElements);
  const rows = Math.min(
    loader === "loadStepper" ? 1 : MAX_ROWS,
    Math.floor((budget - elements - ALIGNMENT) / Math.max(perRow, 1)),
  );
  if (rows < 1) failRead(`memory must be at most 1 MiB and ${FILE_TIMES} times the file's size, the model wants more`);
  for (const call of planned) checkReach(call, perRow, rows, arena);
  return {
    runtime,
    description,
    name: description.name,
    input: portOf(input),
    output: portOf(output),
    inputElements: countElements(input.shape),
    outputElements: countElements(output.shape),
    inputAt: input.at,
    outputAt: output.at,
    arena,
    maxRows: rows,
    calls: planned,
    weights,
    elements: elements + Math.max(perRow * rows, staging) + ALIGNMENT,
  };
}

const quote = (name: string): string => JSON.stringify(name.slice(0, 80));

/** The layer whose weights a call reads, as the end of a message. */
function layerOf(args: readonly CallArgument[]): string {
  const names = args.map((arg) => (arg as { weight?: unknown } | null)?.weight);
  const name = names.find((name) => typeof name === "string") as string | undefined;
  return name === undefined ? "" : ` of layer ${quote(name.replace(/\/[^/]*$/, ""))}`;
}

/** What is known of a port, without its address. */
function portOf({ at: _, ...port }: Port & { at: number }): Port {
  return port;
}

/** The scales of an int8 tensor [..., columns]: one a column. */
function scaleOf(tensors: ReadonlyMap<string, Stored>, name: string, { shape }: Stored): Stored {
  const scale = tensors.get(`${name}:scale`);
  if (scale === undefined || scale.dtype !== "F32" || scale.elements !== shape[shape.length - 1]) {
    failRead(`int8 tensor ${quote(name)} must have one float32 scale a column`);
  }
  return scale;
}

/** Where addresses may lead besides the arena. */
interface Places {
  readonly tensors: ReadonlyMap<string, Stored>;
  readonly scratchElements: number;
  readonly findFault: Runtime["findFault"];
  weightAt(name: string, isFactor: boolean): number;
}

/** Resolves the arguments of one call, and checks what it reads of tensors. */
function resolveCall(
  name: string,
  operation: Operation,
  args: readonly CallArgument[],
  { tensors, weightAt, scratchElements, findFault }: Places,
): PlannedCall {
  const { parameters } = operation;
  const fail = (rule: string): never => failRead(`call of ${name}: ${rule}`);
  const fixed: number[] = parameters.map(({ letter }) => letter === "<" ? -Infinity : 0);
  const perRow: number[] = parameters.map(() => 0);
  const inArena: boolean[] = parameters.map(() => false);
  const taken = parameters.map((_, i) => i).filter((i) => !"<Z".includes(parameters[i].letter));
  if (args.length !== taken.length) fail(`it must have ${taken.length} arguments, got ${args.length}`);
  const eachArgument = (use: (letter: string, arg: CallArgument, i: number) => void): void =>
    taken.forEach((i, position) => use(parameters[i].letter, args[position], i));
  eachArgument((letter, arg, i) => {
    if (letter === "F" || letter === "I") {
      const value = ["NaN", "Infinity", "-Infinity"].includes(arg as string) ? Number(arg) : arg as number;
      if (typeof value !== "number" || letter === "I" && value !== (value | 0)) fail("scalars must be numbers");
      fixed[i] = value;
    } else if (!isArray(parameters[i])) {
      const isPerRow = typeof arg === "object" && arg !== null;
      const value: unknown = isPerRow ? (arg as { rows: number }).rows : arg;
      const least = letter === "C" ? 1 : 0;
      if (!isCount(value) || value < least) fail(`counts must be integers >= ${least}`);
      (isPerRow ? perRow : fixed)[i] = value as number;
    }
  });
  const most = fixed.map((value, i) => value + perRow[i] * MAX_ROWS);
  eachArgument((letter, arg, i) => {
    if (!isArray(parameters[i])) return;
    if (arg === null) {
      if (!"QT".includes(letter)) fail("only an optional array may be null");
      fixed[i] = -1;
      return;
    }
    const { at, plus = 0, weight, scratch } = arg as Readonly<Record<string, unknown>>;
    const isFactor = letter === "W";
    if ("ST".includes(letter)) {
      if (!isCount(scratch) || !(scratch + parameters[i].reach(most) <= scratchElements)) {
        fail("working memory must be { scratch } and have room");
      }
      fixed[i] = scratch as number;
    } else if (typeof weight === "string" && !"PVY".includes(letter)) {
      const stored = tensors.get(weight);
      if (stored === undefined) return fail(`there must be a tensor ${quote(weight)}`);
      const [[rows, columns]] = parameters[i].terms;
      const n = stored.shape.at(-1);
      if (isFactor && !(n === fixed[columns] && stored.elements === fixed[rows] * n)) {
        fail("the weights must be a matrix [k, n]");
      }
      if (!(parameters[i].reach(most) <= align(stored.elements))) {
        fail("a tensor must have as many elements as are read");
      }
      fixed[i] = weightAt(weight, isFactor);
    } else {
      if (isFactor || !isCount(at) || !isCount(plus)) return fail("an address must be { at, plus } or { weight }");
      fixed[i] = plus;
      perRow[i] = at;
      inArena[i] = true;
    }
  });
  const call = { name, operation, fixed, perRow, inArena };
  const rule = findFault?.(call);
  if (rule) fail(rule);
  return call;
}

/**
 * Checks that a call stays within the arena for one row and for `rows`: what it reaches is a polynomial of the rows without negative
 * coefficients, so it does for all numbers between (whole vectors may pass the end by three elements, which are there).
 * Then makes addresses in the arena count from the beginning of the memory.
 */
function checkReach(
  { name, operation, fixed, perRow, inArena }: PlannedCall,
  arenaPerRow: number,
  rows: number,
  arena: number,
): void {
  for (const n of [1, rows]) {
    const values = fixed.map((value, i) => value + perRow[i] * n);
    inArena.forEach((is, i) => {
      if (is && !(values[i] + operation.parameters[i].reach(values) <= arenaPerRow * n)) {
        failRead(`call of ${name}: an address must lie within the arena`);
      }
    });
  }
  inArena.forEach((is, i) => {
    if (is) fixed[i] += arena;
  });
}
