import type { FileSystem } from "./file_system.ts";
import { isGranted } from "./permissions.ts";

/** A file whose process nobody can ask about is left alone for this long: no save takes an hour without writing. */
const UNKNOWN_MS = 3_600_000;
/** A process number may mean another process elsewhere, where folders are shared between machines or containers. */
const SHARED_MS = 60_000;

/** `.retroprop-`, the process in 8 hexadecimal digits, random ones, and in the place of a UUID's version how the process can be asked about. */
const NAME = /^\.retroprop-([0-9a-f]{8})-[0-9a-f]{4}-([0-9a-f])[-0-9a-f]{21}\.tmp$/;
/** The file is locked while it is written (Deno). */
const LOCKED = "d";
/** Only the number of the process is known. */
const NUMBERED = "a";

/** A file of Deno that can be locked. */
interface Lockable {
  tryLockSync(exclusive: boolean): boolean;
  close(): void;
}

/** The parts of Deno that this needs. */
interface DenoFiles {
  readonly pid: number;
  readonly build: { readonly os: string };
  openSync(path: string | URL, options: { write: true }): Lockable;
}

/** Deno, where its locks do not keep the process itself from writing, as they do on Windows. */
function findLocks(): DenoFiles | null {
  const deno = (globalThis as { Deno?: DenoFiles & { FsFile?: { prototype: object } } }).Deno;
  const has = deno?.FsFile !== undefined && "tryLockSync" in deno.FsFile.prototype && deno.build.os !== "windows";
  return has ? deno : null;
}

/** The name of a new temporary file of this process. */
export function nameTemporary(): string {
  const scope = globalThis as { Deno?: { pid: number }; process?: { pid?: number } };
  const pid = ((scope.Deno?.pid ?? scope.process?.pid ?? 0) >>> 0).toString(16).padStart(8, "0");
  const random = crypto.randomUUID().slice(8);
  return `.retroprop-${pid}${random.slice(0, 6)}${findLocks() === null ? NUMBERED : LOCKED}${random.slice(7)}.tmp`;
}

/**
 * Tells other processes that a temporary file is being written, as long as this process lives or until the function that comes back is
 * called.
 */
export function holdTemporary(path: string | URL): () => void {
  try {
    const file = findLocks()?.openSync(path, { write: true });
    file?.tryLockSync(true);
    return () => file?.close();
  } catch {
    return () => {};
  }
}

/**
 * Removes the temporary files in a folder whose processes were killed while they wrote. What may still be written is left alone, and so is
 * everything where this process may not read the folder. Nothing is thrown.
 */
export async function removeAbandoned(
  system: FileSystem,
  folder: string | URL,
  pathOf: (name: string) => string | URL,
): Promise<void> {
  if (system.readdir === undefined || !isGranted("read", folder) || !isGranted("write", folder)) return;
  const names = await system.readdir(folder).catch(() => []);
  for (const name of names) {
    const [, pid, kind] = NAME.exec(name) ?? [];
    if (pid === undefined) continue;
    try {
      const path = pathOf(name);
      if (await isAbandoned(system, path, parseInt(pid, 16), kind)) await system.unlink(path);
    } catch {
      // Another save has removed it, or it is not ours to remove.
    }
  }
}

async function isAbandoned(system: FileSystem, path: string | URL, pid: number, kind: string): Promise<boolean> {
  const locks = findLocks();
  if (kind === LOCKED && locks !== null) {
    const file = locks.openSync(path, { write: true });
    try {
      return file.tryLockSync(true);
    } finally {
      file.close();
    }
  }
  const { mtimeMs = NaN } = await system.stat(path);
  const age = Date.now() - mtimeMs;
  const isGone = kind === LOCKED || kind === NUMBERED ? isProcessGone(pid) : null;
  return isGone === null ? age > UNKNOWN_MS : isGone && age > SHARED_MS;
}

/** Whether there is no process of that number; null where this cannot be known: Deno wants `--allow-run` for it. */
function isProcessGone(pid: number): boolean | null {
  const scope = globalThis as { Deno?: unknown; process?: { kill?: (pid: number, signal: 0) => unknown } };
  if (scope.Deno !== undefined || typeof scope.process?.kill !== "function") return null;
  try {
    scope.process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as { code?: unknown }).code === "ESRCH";
  }
}
