import type { EdgeModel } from "retroprop/edge";

/** The limits that a card tells. */
export interface CardLimits {
  readonly maxBodyBytes: number;
  readonly maxSamples: number;
}

/** The model's card as JSON: what it takes, what it gives, how to call it; and a tag that changes with the text. */
export function createCard(
  model: Pick<EdgeModel, "name" | "inputs" | "outputs" | "engine">,
  limits: CardLimits,
): { text: string; etag: string } {
  const { name, inputs, outputs, engine } = model;
  const card = {
    name,
    inputs,
    outputs,
    engine,
    limits,
    predict: {
      method: "POST",
      path: "/predict",
      json: { [inputs[0].name]: "one sample, or an array of samples" },
      binary: "application/octet-stream: float32, little-endian, samples one after the other",
    },
  };
  const text = `${JSON.stringify(card, null, 2)}\n`;
  return { text, etag: `"${hash(text).toString(16).padStart(8, "0")}"` };
}

/** FNV-1a, 32 bits. Not `crypto.subtle`: Cloudflare allows nothing asynchronous before the first request. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  return value;
}
