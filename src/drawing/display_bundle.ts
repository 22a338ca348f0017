import { plainData } from "./plain_data.ts";

/** What Jupyter, and `deno jupyter`, show of a value: texts and data by media type, of which a front end takes what it likes best. */
export interface DisplayBundle {
  /** For terminals and what cannot show more. */
  readonly "text/plain": string;
  /** A fragment of HTML without script. */
  readonly "text/html": string;
  /** A formula, where there is one, between dollar signs. */
  readonly "text/latex"?: string;
  /** Plain data. */
  readonly [type: string]: unknown;
}

/** What {@link displayBundle} is made of. */
export interface DisplayParts {
  /** Text without the codes of colours. */
  readonly text: string;
  /** A fragment of HTML without script. */
  readonly html: string;
  /** Plain data; `kind` and `version` of it name its media type. */
  readonly data: unknown;
  /** A formula as LaTeX, without dollar signs. */
  readonly latex?: string;
}

/**
 * A value for a notebook.
 *
 * Its data are `application/vnd.retroprop.<kind>.v<version>+json`, not `application/json`: JupyterLab prefers its viewer for that to any
 * HTML, and would show a tree of names in the place of the picture. Types that a front end does not know it leaves alone, and files of
 * notebooks keep them as JSON. Numbers that JSON does not have are null.
 */
export function displayBundle({ text, html, data, latex }: DisplayParts): DisplayBundle {
  const { kind = "data", version = 1 } = Object(data) as { readonly kind?: unknown; readonly version?: unknown };
  const name = String(kind).toLowerCase().replace(/[^a-z\d]+/g, "-");
  return {
    "text/plain": text,
    "text/html": html,
    ...(latex === undefined ? {} : { "text/latex": `$$${latex}$$` }),
    [`application/vnd.retroprop.${name}.v${version}+json`]: plainData(data),
  };
}
