// Media callbacks as a source for `permit.pipe`: bounded, and with a decision for the moment when the bound is reached.
import type { EventEmitter } from "node:events";
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import type { RecordingPermit } from "teams-recording-status";

export type PushOptions = {
  /** The most items that may wait for the sink. @default 500 */
  limit?: number;
  /**
   * When one more comes: `"fail"` ends the source with an error, and so the recording as `failed`; `"drop"` loses the item, which is no
   * recording of all that was said: for what is only derived, such as levels for a meter. @default "fail"
   */
  whenFull?: "fail" | "drop";
};

/** `subscribe` takes the callback and returns what takes it away again: it is called when the source ends, however it ends. */
export function createPushSource<T>(
  subscribe: (push: (item: T) => void) => () => void,
  { limit = 500, whenFull = "fail" }: PushOptions = {},
) {
  let dropped = 0;
  let isOpen = true;
  const source = new Readable({ objectMode: true, highWaterMark: limit, read() {} });
  const close = () => {
    if (!isOpen) return;
    isOpen = false;
    unsubscribe();
  };
  const unsubscribe = subscribe((item) => {
    if (!isOpen) return;
    if (source.readableLength < limit) source.push(item);
    else if (whenFull === "drop") dropped++;
    else source.destroy(new Error(`${limit} items wait, and another one came: the sink is too slow.`));
  });
  source.once("close", close); // the permit was revoked, the sink failed, or everything was read
  return {
    source,
    /** Nothing more comes in; what was taken goes on to the sink, and then the pipe is done. */
    end() {
      close();
      if (!source.destroyed) source.push(null);
    },
    get dropped() {
      return dropped;
    },
  };
}

/** How a bot uses it, with an SDK that emits `frame`, and `end` when the call is over. */
export async function recordFrames(permit: RecordingPermit, sdk: EventEmitter, path: string): Promise<void> {
  const media = createPushSource<Uint8Array>((push) => {
    const onFrame = (frame: Uint8Array) => push(frame.slice()); // a copy: SDKs use their buffers again
    sdk.on("frame", onFrame);
    return () => sdk.off("frame", onFrame);
  });
  sdk.once("end", media.end);
  await permit.pipe(media.source, createWriteStream(path, { flags: "wx" }));
}
