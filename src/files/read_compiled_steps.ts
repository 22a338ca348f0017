import { hasControlCharacters } from "../errors/has_control_characters.ts";
import type { CompiledSteps, Description } from "./compiled_format.ts";
import { FileFormatError } from "./file_format_error.ts";
import { countElements, isCount, isShape } from "./is_shape.ts";

/** The most states of a stepper. */
const MAX_STATES = 4096;

/**
 * What a file says of steps, checked: every place lies within the arena. Null where it is no stepper's.
 *
 * @param task begins the error
 * @throws FileFormatError
 */
export function readCompiledSteps({ steps, arenaElements }: Description, task: string): CompiledSteps | null {
  if (steps === undefined) return null;
  const { most, position, states, ...others } = Object(steps) as Record<string, unknown>;
  const fits = (at: unknown, elements: number): boolean => isCount(at) && at + elements <= arenaElements;
  let kept = 0;
  const isState = (state: unknown): boolean => {
    const { name, shape, from, to } = Object(state) as Record<string, unknown>;
    if (typeof name !== "string" || hasControlCharacters(name) || !isShape(shape)) return false;
    const elements = countElements(shape);
    kept += elements;
    return fits(from, elements) && fits(to, elements);
  };
  const good = Object.keys(others).length === 0 && (most === null || isCount(most) && most > 0) &&
    (position === undefined || fits(position, 1)) && Array.isArray(states) && states.length <= MAX_STATES &&
    states.every(isState) && kept <= arenaElements && new Set(states.map(({ name }) => name)).size === states.length;
  if (!good) throw new FileFormatError(`${task}: steps must be { most, position?, states } that lie within the arena`);
  return steps;
}
