import * as library from "../../../dist/mod.js";
import { EPOCHS } from "./portable_hash.ts";
import { trainMix } from "./train_mix.js";

/** A page's or a script's files: path → text. */
export type Site = ReadonlyMap<string, string>;

/**
 * The package as a registry hands it out, with the script that trains in it: dist/, the script, and `saved.js` with models that Deno trained for
 * half of the epochs.
 */
export async function stagePackage(): Promise<Site> {
  const site = new Map([["package.json", '{ "type": "module" }\n']]);
  const dist = new URL("../../../dist/", import.meta.url);
  for await (const { name } of Deno.readDir(dist)) {
    site.set(`dist/${name}`, await Deno.readTextFile(new URL(name, dist)));
  }
  for (const name of ["train.js", "train_mix.js", "search_grid.js"]) {
    site.set(name, await Deno.readTextFile(new URL(name, import.meta.url)));
  }
  const halfEpochs = EPOCHS / 2;
  const { files } = await trainMix(library, { numerics: "portable", workers: 1, epochs: halfEpochs, files: null });
  const half = files.map((bytes: Uint8Array) => bytes.toBase64());
  site.set(
    "saved.js",
    `export const halfEpochs = ${halfEpochs};\nexport const half = ${JSON.stringify(half)};\n`,
  );
  return site;
}

/** Writes the files of a site into a temporary folder. */
export async function writeSite(site: Site): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "retroprop-package-" });
  await Deno.mkdir(`${folder}/dist`);
  for (const [path, text] of site) await Deno.writeTextFile(`${folder}/${path}`, text);
  return folder;
}
