import { JournalError } from "../model/errors.ts";
import { guarded } from "./file-errors.ts";
import type { JournalFile } from "./journal-file.ts";
import { createAppend, type Head, type Written } from "./trail.ts";

/** Writes to the trail, one transaction after the other. */
export type Writer = {
  /** The last row that is written. */
  readonly head: Head;
  /**
   * Writes all of it or nothing. `durable`: it is on the disk when this returns, not only with the operating system, where a crash of this process
   * loses nothing either.
   * @throws {JournalError} code `JOURNAL`
   */
  write(events: readonly Written[], durable: boolean): void;
  /** Changes something else in the same way. @throws {JournalError} code `JOURNAL` */
  change(work: (append: (events: readonly Written[]) => void) => void, durable: boolean): void;
};

/** `owner` marks the file: if another process has opened it in spite of the lock, nothing more is written from here. */
export function createWriter(file: JournalFile, last: Head, owner: string, now: () => number): Writer {
  const { database, path } = file;
  const append = createAppend(database);
  const readOwner = database.prepare("select value from meta where name = 'owner'");
  const writeOwner = database.prepare("insert or replace into meta values ('owner', ?)");
  let head = last;
  // On a disk that is full, what is in the file can be read and reported all the same: the first row that can be written marks it.
  let isMarked = succeeds(() => writeOwner.run(owner));

  const markOrRefuse = () => {
    if (!isMarked) return void writeOwner.run(owner);
    if (readOwner.get()?.value === owner) return;
    throw new JournalError(`The journal ${path} was opened by another process, although this one is using it.`, {
      hint: "Its lock was removed, or it lies on a file system without locks: one process writes to a journal. Start this process anew.",
    });
  };
  const transact = (work: () => void) => {
    database.exec("begin immediate");
    try {
      markOrRefuse();
      work();
      database.exec("commit");
      isMarked = true;
    } catch (error) {
      // After a full disk SQLite may have done it by itself; Node 22.13 cannot say whether.
      succeeds(() => database.exec("rollback"));
      throw error;
    }
  };
  const change: Writer["change"] = (work, durable) =>
    guarded(path, () => {
      let next = head;
      if (durable) file.refuseIfReplaced();
      if (durable) database.exec("pragma synchronous = full");
      try {
        transact(() =>
          work((events) => {
            next = append(next, now(), events);
          }),
        );
      } finally {
        if (durable) database.exec("pragma synchronous = normal");
      }
      head = next;
    });
  return {
    get head() {
      return head;
    },
    write: (events, durable) => change((add) => add(events), durable),
    change,
  };
}

function succeeds(work: () => unknown): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}
