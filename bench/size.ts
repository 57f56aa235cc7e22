// `node bench/size.ts`: what an application's bundle grows by, entry by entry, minified and compressed.
import { measureBundles } from "./bundles.ts";

const inKB = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`.padStart(9);
console.log("entry            minified      gzip, at first and on use");
for (const { entry, minified, first, later } of await measureBundles()) {
  console.log(entry.padEnd(15), inKB(minified), inKB(first), inKB([...later.values()].reduce((sum, bytes) => sum + bytes, 0)));
  for (const [file, bytes] of later) console.log(`  ${file}: ${inKB(bytes)}`);
}
