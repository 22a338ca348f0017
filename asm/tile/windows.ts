/**
 * How windows slide over images: the geometry of the convolution that a thread computes, and where its next window lies. It is set once a call,
 * and every thread has an instance of the module, so it is its own. Distances between addresses are in bytes.
 */

/** An image: rows, pixels in a row; how far apart pixels, rows and images lie. */
export let height: i32 = 0, width: i32 = 0, pixel: usize = 0, row: usize = 0, image: usize = 0;
/** How windows move on from pixel to pixel of the result, what lies between their elements, and what is before the first row and column. */
export let strideY: i32 = 1, strideX: i32 = 1, dilationY: i32 = 1, dilationX: i32 = 1, top: i32 = 0, left: i32 = 0;
/** The size of the result. */
export let outHeight: i32 = 0, outWidth: i32 = 0;
/** The next pixel of the result, and the address of its image. */
export let at: usize = 0, y: i32 = 0, x: i32 = 0;

/** Images of h rows of w pixels, `channels` elements each, from `address` on. */
export function setImages(address: usize, h: i32, w: i32, channels: i32): void {
  at = address, height = h, width = w;
  pixel = <usize>channels << 2, row = pixel * w, image = row * h;
}

/** How windows slide over them; the next pixel is the first one. */
export function setWindows(oh: i32, ow: i32, sy: i32, sx: i32, dy: i32, dx: i32, t: i32, l: i32): void {
  outHeight = oh, outWidth = ow, strideY = sy, strideX = sx, dilationY = dy, dilationX = dx, top = t, left = l;
  y = 0, x = 0;
}

/** Goes back, or on, to a pixel. */
export function goTo(address: usize, toY: i32, toX: i32): void {
  at = address, y = toY, x = toX;
}

/** Goes on by so many pixels. */
export function advance(count: i32): void {
  x += count;
  while (x >= outWidth) {
    x -= outWidth;
    if (++y == outHeight) y = 0, at += image;
  }
}
