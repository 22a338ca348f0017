import type { DataInputs, SampleInputs } from "../../data/data_input.ts";
import type { AnyModel } from "../trace/internals_of.ts";
import type { LossPlaneOptions } from "./find_plane.ts";
import type { LossPlane } from "./loss_plane_drawing.ts";

/**
 * The loss over a plane of the weights, with the paths of optimizers on it. The map is the loss on the plane itself; paths lie beside it: so their points
 * have the colour of their true loss, and their distance from the plane is told. The loss is what `evaluate` gives, in float32. The model is as before
 * when it is done.
 *
 * Sources: Li et al. 2018, Visualizing the loss landscape of neural nets (random filter-normalised directions, principal components of paths).
 *
 * @example
 * ```ts ignore
 * import { lossPlane, recordPath } from "retroprop/explain";
 * const paths = ["sgd", "adam"].map((label) => recordPath({ label }));
 * // … fit one model with each of them as a callback, then:
 * console.log(await lossPlane(model, x, y, { through: paths }));
 * ```
 * @throws {TypeError | RangeError} If an option is out of range, a path is of another model, or the data do not fit
 */
export async function lossPlane(
  model: AnyModel,
  x: SampleInputs,
  y: DataInputs,
  options: LossPlaneOptions = {},
): Promise<LossPlane> {
  const { findPlane } = await import("./explain_runs.ts");
  return findPlane(model, x, y, options);
}
