/**
 * Images from files: PNG and JPEG as tensors, and folders of them as streams.
 *
 * ```ts ignore
 * import { readImage } from "retroprop/image";
 *
 * const image = await readImage(await Deno.readFile("cat.jpg")); // a tensor [height, width, 3] of 0 to 255
 * ```
 *
 * @module
 */
export { FileFormatError } from "../files/file_format_error.ts";
export { Tensor } from "../tensor/tensor.ts";
export type { NestedArray } from "../tensor/tensor_input.ts";
export type { Shape } from "../tensor/shape.ts";
export type { ColorMode } from "./color_mode.ts";
export { type ImageBatch, ImageFolder, imageFolder } from "./image_folder.ts";
export type { ImageFolderOptions } from "./read_folder_options.ts";
export type { Interpolation } from "./resize_pixels.ts";
export { readImage, type ReadImageOptions } from "./read_image.ts";
