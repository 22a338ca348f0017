import type { Port } from "../data/signature.ts";
import type { Network } from "../training/network.ts";
import type { Trainer } from "../training/trainer.ts";
import { compileOptions } from "./compile_options.ts";
import type { CompileOptions } from "./options.ts";
import type { ModelFile } from "./read_model_file.ts";
import { MissingPart } from "./revive_compile.ts";

/** What a file says of training. */
export interface CompileState {
  /** What `compile` was given; null if it was not called, or needs what is missing. */
  readonly options: CompileOptions | null;
  /** Puts the state of training into a trainer; null if there is none. */
  readonly state: ((trainer: Trainer) => void) | null;
  /** Which part of the user's own is missing; null if none is. */
  readonly missing: string | null;
}

/** Reads the compile options and the state of training of a file, as far as everything that they name is at hand. @throws FileFormatError */
export function readCompileState(file: ModelFile, network: Network, outputs: readonly Port[]): CompileState {
  try {
    const options = file.readCompile();
    if (options === null) return { options, state: null, missing: null };
    const { optimizer } = compileOptions(options, outputs);
    return { options, state: file.readState(network, optimizer), missing: null };
  } catch (error) {
    if (!(error instanceof MissingPart)) throw error;
    return { options: null, state: null, missing: error.message };
  }
}

/** Why a model cannot be trained. */
export function explainNotCompiled(name: string, missing: string | null): string {
  const task = `Cannot train or evaluate model "${name}"`;
  return missing === null
    ? `${task}: call compile({ optimizer, loss }) first`
    : `${task}: it is not compiled, since ${missing}, or call compile({ optimizer, loss })`;
}
