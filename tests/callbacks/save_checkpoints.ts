import { modelCheckpoint, type ModelCheckpointOptions } from "../../src/callbacks/callbacks.ts";
import { inFolder } from "../files/in_folder.ts";
import { FakeModel, train, type TrainOptions } from "./fake_model.ts";

/**
 * Runs fits with one `modelCheckpoint` in a folder of its own, since the current one may be read-only.
 *
 * @returns The files that were saved, by their paths in the folder.
 */
export async function saveCheckpoints(
  options: ModelCheckpointOptions,
  runs: readonly TrainOptions[],
): Promise<string[]> {
  const { path, filepath } = options;
  const model = new FakeModel();
  let saved: string[] = [];
  await inFolder(async (folder) => {
    const place = path === undefined ? { filepath: `${folder}/${filepath}` } : { path: `${folder}/${path}` };
    const callback = modelCheckpoint({ ...options, ...place });
    for (const run of runs) await train(model, [callback], run);
    saved = model.saved.map((file) => file.slice(folder.length + 1));
  });
  return saved;
}
