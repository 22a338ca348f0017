import type { Argument, KernelCall } from "../ops/op.ts";
import type { Program, ProgramBuffer } from "./program.ts";

/**
 * A program as text: what it is for, its buffers with their places, then its kernel calls in the order of their execution, with a line
 * where all threads meet.
 *
 * An argument that moves with a share of the split says so: `read b3 + 16·u` lies 16 elements further for every unit u; `n·4` is four
 * times the number of units, `u·4` four times the first one. `rank` is a part of a thread's own.
 */
export function printProgram(program: Program): string {
  const { buffers, instructions, barriers, ranks, cost, arenaElements, inputs, outputs } = program;
  const names = (list: Readonly<Record<string, number>>): string =>
    Object.entries(list).map(([name, buffer]) => `${name} in b${buffer}`).join(", ") || "none";
  const meeting = new Set(barriers);
  return [
    `program for ${ranks} ${
      ranks === 1 ? "thread" : "threads"
    }: ${cost.flops} flops, ${cost.bytes} bytes, arena of ${arenaElements} elements`,
    `inputs: ${names(inputs)}`,
    `outputs: ${names(outputs)}`,
    ...buffers.map((buffer, i) => `b${i}: ${printBuffer(buffer)}`),
    ...instructions.flatMap((call, i) => [...(meeting.has(i) ? ["-- all threads meet --"] : []), printCall(call)]),
  ].join("\n");
}

function printBuffer({ name, elements, place }: ProgramBuffer): string {
  const where = place.kind === "arena" ? "arena" : place.block;
  return `${name}, ${elements} elements in ${where} at ${place.offset}`;
}

function printCall({ kernel, args, split }: KernelCall): string {
  const share = split === null
    ? "one thread"
    : split.axis === "every"
    ? "every thread"
    : split.axis === "one"
    ? `thread ${split.rank}`
    : `shared by ${split.axis}: ${split.extent} in multiples of ${split.quantum}`;
  return `${kernel}(${args.map(printArgument).join(", ")})  ${share}`;
}

function printArgument(argument: Argument): string {
  if (typeof argument === "number") return `${argument}`;
  switch (argument.kind) {
    case "none":
      return "none";
    case "count":
      return argument.times === 1 ? "n" : `n·${argument.times}`;
    case "begin":
      return argument.times === 1 ? "u" : `u·${argument.times}`;
    default: {
      const { buffer, offset } = argument.ref;
      const unit = argument.kind === "rank" ? "rank" : "u";
      const columns = "rowElements" in argument && argument.rowElements !== undefined
        ? ` of rows of ${argument.rowElements}`
        : "";
      const how = argument.kind === "rank" ? "own part of" : argument.kind;
      return `${how} b${buffer}${offset === 0 ? "" : ` + ${offset}`}${
        argument.stride === 0 ? "" : ` + ${argument.stride}·${unit}`
      }${columns}`;
    }
  }
}
