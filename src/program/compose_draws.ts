import type { Argument, KernelCall } from "../ops/op.ts";
import { streamOfNormals, streamOfUniforms } from "../evolution/row_streams.ts";
import { wholeVectors } from "../tensor/whole_vectors.ts";
import type { Program, ProgramBuffer } from "./program.ts";

/** Which random numbers are filled, and where. */
export interface DrawsRequest {
  /** The block that gets them. */
  readonly block: string;
  /** Rows from … up to …, without the last. */
  readonly from: number;
  readonly to: number;
  /** Numbers of each row. */
  readonly uniforms: number;
  readonly normals: number;
  readonly seed: number;
  /** With how many threads it runs; each fills whole rows. */
  readonly ranks: number;
}

/** The program that fills random numbers of rows, each a function of (seed, step, row, index). The step is the cell of all programs. */
export function composeDraws({ block, from, to, uniforms, normals, seed, ranks }: DrawsRequest): Program {
  const rows = to - from;
  const stride = wholeVectors(uniforms) + wholeVectors(normals);
  const buffers: ProgramBuffer[] = [
    { name: "draws", elements: rows * stride, place: { kind: "model", block, offset: 0 } },
    { name: "step", elements: 1, place: { kind: "model", block: "step", offset: 0 } },
  ];
  const step: Argument = { kind: "read", ref: { buffer: 1, offset: 0 }, stride: 0 };
  const seeds = [seed | 0, Math.floor(seed / 0x100000000) | 0];
  const instructions: KernelCall[] = [];
  for (let row = 0; row < rows; row++) {
    const split = { axis: "one", extent: 1, quantum: 1, rank: Math.floor(row * ranks / rows) } as const;
    const at = (offset: number): Argument => ({
      kind: "write",
      ref: { buffer: 0, offset: row * stride + offset },
      stride: 0,
    });
    if (uniforms > 0) {
      const args = [at(0), step, ...seeds, streamOfUniforms(from + row) | 0, 0, uniforms];
      instructions.push({ kernel: "uniform_forward", args, split });
    }
    if (normals > 0) {
      const into = at(wholeVectors(uniforms));
      const args: Argument[] = [
        into,
        { kind: "none" },
        { kind: "none" },
        step,
        1,
        ...seeds,
        streamOfNormals(from + row) | 0,
        0,
        normals,
      ];
      instructions.push({ kernel: "draw_normals", args, split });
    }
  }
  const cost = { flops: 30 * rows * stride, bytes: 4 * rows * stride };
  return { buffers, instructions, ranks, barriers: [], cost, arenaElements: 0, inputs: {}, outputs: {} };
}
