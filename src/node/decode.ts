import { answerLimitBytes } from "../http/answer.ts";
import type { NodeModules } from "./modules.ts";

/** As many codings on top of each other as `fetch` takes. */
const mostCodings = 5;

/** A body after decoding; nothing is left of one that is too large. */
export type Decoded = { readonly bytes: Uint8Array; readonly flaw?: "too large" };

/**
 * The body as it was before it was compressed (RFC 9110 section 8.4). We ask for no coding, but what stands between us and Graph may add one. A
 * coding that is not known leaves the body as it is: then it is no JSON.
 * @throws what `zlib` says of bytes that are not compressed as they should be
 */
export function decode(bytes: Uint8Array, encoding: string | undefined, { zlib }: Pick<NodeModules, "zlib">): Decoded {
  if (encoding === undefined || bytes.byteLength === 0) return { bytes };
  const codings = encoding.split(",").map((coding) => coding.trim().toLowerCase());
  if (codings.length > mostCodings) throw new Error(`the answer is compressed ${codings.length} times`);
  try {
    return { bytes: codings.reduceRight((compressed, coding) => decodeOne(compressed, coding, zlib), bytes) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_BUFFER_TOO_LARGE") throw error;
    return { bytes: new Uint8Array(), flaw: "too large" };
  }
}

/** What ends early gives what has come: whether that is enough is seen where it is read. */
function decodeOne(bytes: Uint8Array, coding: string, zlib: NodeModules["zlib"]): Uint8Array {
  const { BROTLI_OPERATION_FLUSH, Z_SYNC_FLUSH } = zlib.constants;
  const options = { finishFlush: Z_SYNC_FLUSH, maxOutputLength: answerLimitBytes };
  if (/^(x-)?gzip$/.test(coding)) return zlib.gunzipSync(bytes, options);
  // Some servers leave the header of zlib out, which RFC 9110 section 8.4.1.2 tells.
  if (coding === "deflate") return ((bytes[0] ?? 0) & 0x0f) === 8 ? zlib.inflateSync(bytes, options) : zlib.inflateRawSync(bytes, options);
  if (coding === "br") return zlib.brotliDecompressSync(bytes, { ...options, finishFlush: BROTLI_OPERATION_FLUSH });
  // Since Node 22.15.
  if (coding === "zstd" && zlib.zstdDecompressSync !== undefined)
    return zlib.zstdDecompressSync(bytes, { maxOutputLength: answerLimitBytes });
  return bytes;
}
