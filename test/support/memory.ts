import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

// The collector can be asked for at run time: no flag of the test runner is needed. On a machine with much memory V8 lets garbage lie for
// hundreds of megabytes, which says nothing about what a client holds; so memory is looked at after a collection.
setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;
const mebibyte = 1024 * 1024;

/** The heap that is in use after a collection, in MiB. */
export function heapMiB(): number {
  collect();
  return process.memoryUsage().heapUsed / mebibyte;
}

/** Looks at the memory of the process again and again, with a collection each time; the result says by how many MiB it grew at most. */
export function watchMemory(everyMs = 1_500) {
  const look = () => ({ heap: heapMiB(), rss: process.memoryUsage().rss / mebibyte });
  const before = look();
  const peak = { ...before };
  const lookAgain = () => {
    // Before the collection: that is when there is most.
    peak.rss = Math.max(peak.rss, process.memoryUsage().rss / mebibyte);
    peak.heap = Math.max(peak.heap, look().heap);
  };
  const timer = setInterval(lookAgain, everyMs);
  return () => {
    clearInterval(timer);
    lookAgain();
    return { rss: Math.round(peak.rss - before.rss), heap: Math.round(peak.heap - before.heap) };
  };
}
