// Answers of a few hundred kilobytes, or less, that inflate to a gibibyte. Made once for each process.
import { once } from "node:events";
import { constants, createBrotliCompress, deflateRawSync, gzipSync, zstdCompressSync } from "node:zlib";

const blockBytes = 16 * 1024 * 1024;
const blocks = 64;
export const inflatedBytes = blockBytes * blocks;

export type Bomb = { readonly encoding: string; readonly body: Uint8Array };

/** A gibibyte of zeros in each encoding that `fetch` undoes; whole and valid, so that only a limit stops it. */
export async function makeBombs(): Promise<readonly Bomb[]> {
  const zeros = Buffer.alloc(blockBytes);
  const gzipped = repeat(gzipSync(zeros));
  return [
    { encoding: "gzip", body: gzipped },
    { encoding: "deflate", body: zlibOf(repeat(deflateRawSync(zeros, { finishFlush: constants.Z_FULL_FLUSH }))) },
    { encoding: "br", body: await brotli(zeros) },
    { encoding: "zstd", body: repeat(zstdCompressSync(zeros)) },
    { encoding: "gzip, gzip", body: gzipSync(gzipped) },
  ];
}

/** Gzip members, zstd frames and flushed deflate blocks may follow each other: RFC 1952 §2.2, RFC 8878 §3, RFC 1951 §2. */
function repeat(part: Uint8Array): Buffer {
  return Buffer.concat(Array<Uint8Array>(blocks).fill(part));
}

/** Header, blocks, an empty last block and Adler-32 (of n zeros: n mod 65521, then 1). RFC 1950 §2.2 */
function zlibOf(deflated: Uint8Array): Buffer {
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE((inflatedBytes % 65_521) * 65_536 + 1);
  return Buffer.concat([Buffer.from([0x78, 0x9c]), deflated, Buffer.from([0x03, 0x00]), checksum]);
}

async function brotli(zeros: Uint8Array): Promise<Buffer> {
  const stream = createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });
  const parts: Buffer[] = [];
  stream.on("data", (part: Buffer) => parts.push(part));
  for (let block = 0; block < blocks; block++) if (!stream.write(zeros)) await once(stream, "drain");
  stream.end();
  await once(stream, "end");
  return Buffer.concat(parts);
}
