import type { Broadcast } from "./progress_hooks.ts";

/** Where the progress of a training goes: a terminal, a stream of lines, or a test. */
export interface ProgressSink {
  /** Writes text; line breaks are part of it. */
  write(text: string): void;
  /** Whether a line can be rewritten with `\r` and ANSI escapes are understood. */
  readonly isTerminal: boolean;
  /** Characters in a line of the terminal; may change while training runs. */
  readonly columns: number;
  /** Whether colours are wanted. Default: true in a terminal. */
  readonly hasColors?: boolean;
  /** In a notebook, what shows more than text. */
  readonly broadcast?: Broadcast;
}

/** The parts of Deno that are used; none needs a permission. */
interface DenoStreams {
  readonly stderr?: { writeSync(bytes: Uint8Array): number; isTerminal(): boolean };
  readonly consoleSize?: () => { readonly columns: number };
  readonly noColor?: boolean;
  readonly jupyter?: { readonly broadcast?: unknown };
}

/** The parts of Node's and Bun's `process` that are used. */
interface NodeProcess {
  readonly stderr?: { write?(text: string): unknown; readonly isTTY?: boolean; readonly columns?: number };
  readonly env?: Readonly<Record<string, string | undefined>>;
}

const COLUMNS = 80;

/**
 * Finds where progress is to go on this runtime: stderr where there is one, else the console, as in browsers and notebooks.
 *
 * @param scope Where to look; the global scope by default.
 * @returns The sink. Its `write` never throws: a closed stderr must not end a training.
 */
export function openProgressSink(scope: object = globalThis): ProgressSink {
  const { Deno: deno } = scope as { Deno?: DenoStreams };
  if (deno?.stderr !== undefined) return openNotebook(deno) ?? openDeno(deno, deno.stderr);
  const { process } = scope as { process?: NodeProcess };
  if (typeof process?.stderr?.write === "function") return openNode(process, process.stderr);
  return openConsole();
}

/** `Deno.jupyter` is a getter that gives something in a notebook and throws elsewhere. */
function openNotebook(deno: DenoStreams): ProgressSink | null {
  try {
    const { jupyter } = deno;
    if (jupyter === undefined) return null;
    const broadcast = jupyter.broadcast as Broadcast | undefined;
    return { ...openConsole(), ...(typeof broadcast === "function" ? { broadcast } : {}) };
  } catch {
    return null;
  }
}

function openDeno(deno: DenoStreams, stderr: NonNullable<DenoStreams["stderr"]>): ProgressSink {
  const encoder = new TextEncoder();
  return {
    isTerminal: stderr.isTerminal(),
    hasColors: deno.noColor !== true,
    get columns(): number {
      try {
        return deno.consoleSize?.().columns || COLUMNS;
      } catch {
        return COLUMNS; // stdin, stdout and stderr are all no terminals
      }
    },
    write: ignoreErrors((text) => {
      const bytes = encoder.encode(text);
      for (let written = 0; written < bytes.length;) written += stderr.writeSync(bytes.subarray(written));
    }),
  };
}

function openNode(process: NodeProcess, stderr: NonNullable<NodeProcess["stderr"]>): ProgressSink {
  return {
    isTerminal: stderr.isTTY === true,
    hasColors: !process.env?.NO_COLOR,
    get columns(): number {
      return stderr.columns || COLUMNS;
    },
    write: ignoreErrors((text) => stderr.write!(text)),
  };
}

/** The console ends every message with a line break itself. */
function openConsole(): ProgressSink {
  return {
    isTerminal: false,
    columns: COLUMNS,
    write: (text) => console.log(text.replace(/\n$/, "")),
  };
}

function ignoreErrors(write: (text: string) => unknown): (text: string) => void {
  return (text) => {
    try {
      write(text);
    } catch {
      // There is nobody left to tell.
    }
  };
}
