import type { Series } from "./series_drawing.ts";
import type { SeriesOptions } from "./train_series.ts";

/**
 * The lecture's series, or one of your own: every size of the hidden layer with every learning rate, looked at after some numbers of epochs, from several
 * seeds. Each cell has the loss curves of all seeds, the share that solved the task, and for samples of two features and a model with
 * one output the decision boundary of the first seed.
 *
 * @example
 * ```ts ignore
 * import { series } from "retroprop/explain";
 * const lecture = await series();
 * console.log(lecture); // tables of shares and curves
 * await Deno.writeTextFile("series.html", lecture.toPage());
 * ```
 * @throws {TypeError | RangeError} If an option is out of range, `build` gives no model, or the data do not fit
 */
export async function series(options: SeriesOptions = {}): Promise<Series> {
  const { trainSeries } = await import("./explain_runs.ts");
  return await trainSeries(options);
}
