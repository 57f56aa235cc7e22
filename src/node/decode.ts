import type { IncomingMessage } from "node:http";
import type { Readable, Transform } from "node:stream";
import type { NodeModules } from "./modules.ts";

/** As many codings on top of each other as `fetch` takes. */
const mostCodings = 5;

/**
 * The body as it was before it was compressed (RFC 9110 section 8.4). We do not ask for that, but what stands between us and Graph may do it.
 * A coding that is not known leaves the body as it came: then it is no JSON.
 */
export function decode(response: IncomingMessage, { stream, zlib }: Pick<NodeModules, "stream" | "zlib">): Readable {
  const { "content-encoding": encoding } = response.headers;
  if (encoding === undefined) return response;
  const decoders = encoding
    .split(",", mostCodings)
    .reverse()
    .map((coding) => decoderOf(coding.trim().toLowerCase(), zlib));
  if (!decoders.every((decoder) => decoder !== undefined)) return response;
  // An error of one ends them all: the last one tells it.
  return decoders.reduce((from: Readable, to) => stream.pipeline(from, to, () => {}), response);
}

/** What ends early gives what has come: whether that is enough is seen where it is read. */
function decoderOf(coding: string, zlib: NodeModules["zlib"]): Transform | undefined {
  const { BROTLI_OPERATION_FLUSH, Z_SYNC_FLUSH } = zlib.constants;
  if (/^(x-)?gzip$|^deflate$/.test(coding)) return zlib.createUnzip({ flush: Z_SYNC_FLUSH, finishFlush: Z_SYNC_FLUSH });
  if (coding === "br") return zlib.createBrotliDecompress({ flush: BROTLI_OPERATION_FLUSH, finishFlush: BROTLI_OPERATION_FLUSH });
  // Since Node 22.15.
  return coding === "zstd" ? zlib.createZstdDecompress?.() : undefined;
}
