import type { CallOptions } from "../input/call-input.ts";
import type { RecordingStatusError } from "../model/errors.ts";
import type { HttpFailure } from "../model/http-errors.ts";
import type { UpdateInput } from "../model/update.ts";
import type { Ticket } from "../waiting/call-queue.ts";
import type { Ending } from "../waiting/ending.ts";
import type { Request } from "./attempt.ts";
import type { Effect } from "./effect.ts";
import type { Keeping } from "./keeping.ts";
import { limitedRetries, type RetryPolicy } from "./retry-policy.ts";
import type { Services } from "./services.ts";
import type { Subject } from "./subject.ts";

/** One report that is asked for. */
export type Report = {
  readonly input: UpdateInput;
  readonly options: CallOptions;
  /** Ends it with CLOSED. */
  readonly cutOff: Ending;
  /** Is told what each attempt may have done. */
  readonly effect: Effect;
  /** How it is repeated. @default as the client's options say */
  readonly policy?: RetryPolicy | undefined;
  /** Whether its sender waits for the end of an operation that the answer leaves open. @default false */
  readonly isFollowed?: boolean;
  /** Throws when the report must not be made at all. */
  readonly mayBegin?: () => void;
  /** What the journal has to do with it. @default nothing */
  readonly keeping?: Keeping | undefined;
};

/** A report on its way. */
export type Run = {
  readonly services: Services;
  readonly request: Request;
  readonly subject: Subject;
  readonly effect: Effect;
  readonly ticket: Ticket<HttpFailure>;
  readonly policy: RetryPolicy;
  readonly keeping: Keeping | undefined;
  readonly deadlineMs: number;
  readonly deadlineAt: number;
  attempts: number;
  lastError: RecordingStatusError | undefined;
  /** What the record of the last attempt told. */
  lastTold: string | undefined;
};

type Begun = Pick<Run, "subject" | "deadlineMs"> & { readonly action: string; readonly signal: AbortSignal; readonly report: Report };

/** A report that is about to take its turn. */
export function newRun(services: Services, ticket: Run["ticket"], { action, subject, signal, deadlineMs, report }: Begun): Run {
  const { callId, tenantId } = subject;
  const send: Request["send"] = (transport, init) => transport.updateRecordingStatus(report.input, init);
  return {
    services,
    request: { action, callId, tenantId, signal, leftMs: report.keeping?.leftMs, send },
    subject,
    effect: report.effect,
    ticket,
    policy: report.policy ?? limitedRetries(services.settings.retryLimit),
    keeping: report.keeping,
    deadlineMs,
    deadlineAt: services.runtime.monotonicNow() + deadlineMs,
    attempts: 0,
    lastError: undefined,
    lastTold: undefined,
  };
}
