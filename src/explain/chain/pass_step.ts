import { type Block, DocumentDrawing } from "../../drawing/document.ts";
import { type Maths, showNumber } from "../../drawing/maths.ts";
import { mathsText } from "../../drawing/maths_text.ts";
import { cleanText } from "../../errors/clean_text.ts";
import type { Shape } from "../../tensor/shape.ts";
import type { TraceNode } from "../trace/trace.ts";
import type { Writing } from "./find_path.ts";
import { rangeOf } from "./range_of.ts";

/** So many numbers of a result are shown, and so many are in its JSON. */
const MOST_SHOWN = 8;
const MOST_LISTED = 64;

/** One op of a pass, as plain data. */
export interface PassStepData {
  /** What it is. */
  readonly kind: "pass_step";
  /** The version of this form. */
  readonly version: 1;
  /** The pass. */
  readonly direction: "forward" | "backward";
  /** The op. */
  readonly op: string;
  /** The layer's name. */
  readonly layer: string;
  /** Its name. */
  readonly name: string;
  /** How an element is computed, with names. */
  readonly formula: string;
  /** The same with numbers; null where the formula says it all. */
  readonly numbers: string | null;
  /** The shape. */
  readonly shape: Shape;
  /** The first 64 numbers. */
  readonly result: readonly number[];
}

/** What a step of a pass is made of. */
export interface PassStepParts {
  readonly direction: "forward" | "backward";
  readonly node: TraceNode;
  readonly sample: number;
  readonly formula: Maths;
  readonly numbers: Maths | null;
}

/** One op of a forward pass, or one value's derivative of a backward pass. What `forward()` and `backward()` give. */
export class PassStep extends DocumentDrawing {
  readonly #writing: Writing;
  readonly #parts: PassStepParts;

  /** @ignore */
  constructor(writing: Writing, parts: PassStepParts) {
    super();
    this.#writing = writing;
    this.#parts = parts;
  }

  /** `"forward"` or `"backward"`. */
  get direction(): "forward" | "backward" {
    return this.#parts.direction;
  }

  /** The op: `matmul`, `map` (an elementwise formula), … */
  get op(): string {
    return this.#parts.node.op;
  }

  /** The layer that it belongs to; empty for inputs, weights and the loss. */
  get layer(): string {
    return this.#parts.node.layer;
  }

  /** What the value is called in the trace: `dense/z`. */
  get name(): string {
    return this.#parts.node.name;
  }

  /**
   * How one element is computed, with names: the first of the sample on the way forward, the one with the largest derivative on the way back.
   */
  get formula(): string {
    return mathsText(this.#parts.formula);
  }

  /** The same with numbers; null where the formula says it all. */
  get numbers(): string | null {
    return this.#parts.numbers === null ? null : mathsText(this.#parts.numbers);
  }

  /** All elements of the sample: the value, or ∂E/∂value on the way back. */
  get result(): readonly number[] {
    const { direction, node, sample } = this.#parts;
    const [from, to] = rangeOf(this.#writing.chain, node, sample);
    return Array.from((direction === "forward" ? node.value : node.gradient!).slice(from, to));
  }

  /** What stands before the formula: the direction and the value's name. */
  #title(): string {
    const { words } = this.#writing;
    const name = cleanText(this.name, 60);
    return this.direction === "forward" ? `${words.forward()}: ${name}` : `${words.backward()}: ∂E/∂(${name})`;
  }

  #shown(): string {
    const { digits, words } = this.#writing;
    const { result } = this;
    const shown = result.slice(0, MOST_SHOWN).map((value) => showNumber(value, digits)).join("  ");
    return result.length > MOST_SHOWN ? `${shown}  ${words.moreUnits(result.length - MOST_SHOWN)}` : shown;
  }

  /** @ignore Its blocks. */
  protected override describe(): { label: string; blocks: Block[] } {
    const { formula, numbers } = this.#parts;
    const title = this.#title();
    const lines = numbers === null ? [formula] : [formula, numbers];
    const blocks: Block[] = [{ kind: "maths", label: "", lines }, { kind: "line", content: `→ ${this.#shown()}` }];
    return { label: title, blocks: [{ kind: "fold", title, open: true, blocks }] };
  }

  /** What is shown, as plain data. */
  override toJSON(): PassStepData {
    const { direction, op, layer, name, formula, numbers, result } = this;
    const { shape } = this.#parts.node;
    return {
      kind: "pass_step",
      version: 1,
      direction,
      op,
      layer,
      name,
      formula,
      numbers,
      shape,
      result: result.slice(0, MOST_LISTED),
    };
  }
}
