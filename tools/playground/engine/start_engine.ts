/// <reference lib="dom" />
import type { Reply, Request, RequestBody } from "../protocol.ts";

/** The worker as the page sees it. */
export interface EngineClient {
  /** Asks; replies bear the number that this returns. */
  request(body: RequestBody): number;
  /** Hears every reply. */
  onReply(hear: (reply: Reply) => void): void;
}

/** Where the build puts the worker's program: gzip in base64. */
const SOURCE_ID = "worker";

/**
 * Starts the worker with the library in it. Its program is in the page, packed.
 *
 * @throws {Error} If the browser lets no worker start
 */
export async function startEngine(): Promise<EngineClient> {
  const packed = document.getElementById(SOURCE_ID)?.textContent?.trim() ?? "";
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  const source = await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const worker = new Worker(url);
  let hear: (reply: Reply) => void = () => {};
  let id = 0;
  const request = (body: RequestBody): number => {
    worker.postMessage({ id: ++id, ...body } as Request);
    return id;
  };
  worker.onmessage = ({ data }: MessageEvent<Reply>) => {
    hear(data);
    if (data.kind !== "frame") return;
    // The next frame of a run comes when this one is drawn.
    requestAnimationFrame(() => void request({ kind: "drawn" }));
  };
  worker.onerror = ({ message }) => hear({ id: 0, kind: "failed", message });
  return {
    request,
    onReply(callback) {
      hear = callback;
    },
  };
}
