import type { Nested } from "retroprop/edge";
import { RequestError } from "./request_error.ts";

/** What `readInput` needs to know of the model and the limits. */
export interface InputRules {
  /** The name of the model's input: the one field of the JSON object. */
  readonly name: string;
  /** The shape of one sample. */
  readonly shape: readonly number[];
  /** The most samples in one request. */
  readonly maxSamples: number;
}

/**
 * Reads the samples of a JSON body: `{ "x": sample }`, `{ "x": [sample, …] }`, or the array alone. The numbers themselves are checked
 * by the model.
 *
 * @throws RequestError
 */
export function readInput(text: string, { name, shape, maxSamples }: InputRules): Nested {
  const maxDepth = shape.length + 2; // object, samples, sample
  if (isDeeper(text, maxDepth)) {
    throw new RequestError(400, "body", `must be nested at most ${maxDepth} deep`, "more");
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new RequestError(400, "body", "must be JSON", text.length === 0 ? "nothing" : "other text");
  }
  const input = Array.isArray(value) ? value : readField(value, name);
  const samples = Array.isArray(input) && depthOf(input) > shape.length ? input.length : 1;
  if (samples === 0) throw new RequestError(422, name, "must not be empty", "an array of 0");
  if (samples > maxSamples) throw new RequestError(413, name, `must have at most ${maxSamples} samples`, `${samples}`);
  return input as Nested;
}

/** The one field of an object. `JSON.parse` makes `__proto__` an ordinary field, so it is refused like any other. */
function readField(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) {
    throw new RequestError(422, "body", `must be an object with the field ${name}, or an array`, describe(value));
  }
  const other = Object.keys(value).find((key) => key !== name);
  if (other !== undefined) {
    throw new RequestError(
      422,
      JSON.stringify(other.slice(0, 40)),
      `must not be there; the one field is ${name}`,
      "it",
    );
  }
  if (!Object.hasOwn(value, name)) throw new RequestError(422, name, "must be there", "no such field");
  return (value as Record<string, unknown>)[name];
}

/** How deep arrays are nested, along the first elements. */
function depthOf(value: unknown): number {
  let depth = 0;
  for (; Array.isArray(value); depth++) value = value[0];
  return depth;
}

/** Whether brackets and braces are open more than `most` deep anywhere. Texts with few of them need not be read character by character. */
function isDeeper(text: string, most: number): boolean {
  let openings = 0;
  for (const bracket of "[{") {
    for (let at = text.indexOf(bracket); at >= 0 && openings <= most; at = text.indexOf(bracket, at + 1)) openings++;
  }
  if (openings <= most) return false;
  let depth = 0;
  let isString = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (isString) {
      if (code === 92) i++; // a backslash and what it stands before
      else if (code === 34) isString = false;
    } else if (code === 34) isString = true;
    else if (code === 91 || code === 123) {
      if (++depth > most) return true;
    } else if (code === 93 || code === 125) depth--;
  }
  return false;
}

function describe(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value.slice(0, 40)) : String(value);
}
