import { describeValue } from "../errors/describe_value.ts";
import { explainFileError } from "../files/explain_file_error.ts";
import type { FileSystem } from "../files/file_system.ts";
import { quotePath } from "../files/quote_path.ts";

/** A file, and the number of its class. */
export interface ImageFile {
  readonly path: string | URL;
  readonly label: number;
}

/** The images of a folder with one folder a class. */
export interface ImageList {
  readonly classNames: readonly string[];
  /** Class by class, in the order of their names. */
  readonly files: readonly ImageFile[];
}

const IMAGE = /\.(?:png|jpe?g)$/i;

/**
 * Lists the images in the folders of a folder: one class each, in the order of their names. Names that begin with a dot, files beside the
 * class folders, and files that end neither in .png nor in .jpg or .jpeg are passed over; so are folders within class folders.
 *
 * @param wanted the names of the class folders, in the order of their classes; undefined: all, sorted
 * @throws {Error} If the folder cannot be read, has no class folders, others than those that are wanted, or one without images.
 */
export async function listImages(
  path: string | URL,
  wanted: readonly string[] | undefined,
  system: FileSystem,
  task: string,
): Promise<ImageList> {
  const names = await readFolder(path, system, task);
  const folders: string[] = [];
  for (const name of names) {
    if (!IMAGE.test(name) && await isFolder(within(path, name), system)) folders.push(name);
  }
  if (folders.length === 0) {
    throw new Error(`${task} ${quotePath(path)}: it must have a folder for each class, found none`);
  }
  if (wanted !== undefined && [...wanted].sort().join("\0") !== folders.join("\0")) {
    throw new RangeError(
      `${task} ${quotePath(path)}: classNames must be the names of its folders, ${describeValue(folders)}, got ` +
        describeValue(wanted),
    );
  }
  const classNames = wanted ?? folders;
  const files: ImageFile[] = [];
  for (const [label, name] of classNames.entries()) {
    const folder = within(path, name);
    const images = (await readFolder(folder, system, task)).filter((file) => IMAGE.test(file));
    if (images.length === 0) {
      throw new Error(
        `${task} ${quotePath(path)}: the class folder ${quotePath(name)} has no images, .png, .jpg or .jpeg`,
      );
    }
    for (const file of images) files.push({ path: within(folder, file), label });
  }
  return { classNames, files };
}

/** The names in a folder that do not begin with a dot, sorted. */
async function readFolder(path: string | URL, system: FileSystem, task: string): Promise<string[]> {
  try {
    return (await system.readdir!(path)).filter((name) => !name.startsWith(".")).sort();
  } catch (cause) {
    throw explainFileError(`${task} ${quotePath(path)}`, cause);
  }
}

async function isFolder(path: string | URL, system: FileSystem): Promise<boolean> {
  try {
    return (await system.stat(path)).isDirectory();
  } catch {
    return false; // a link that leads nowhere
  }
}

function within(folder: string | URL, name: string): string | URL {
  if (folder instanceof URL) return new URL(`${folder.href.replace(/\/*$/, "/")}${encodeURIComponent(name)}`);
  return /[/\\]$/.test(folder) ? folder + name : `${folder}/${name}`;
}
