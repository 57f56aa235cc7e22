import type { components, ReportableStatus } from "../wire.ts";

/** What to report. */
export type RecordingStatusUpdate = {
  /** The status that the people in the call are told. */
  status: ReportableStatus;
  /**
   * Your own mark, sent back in the answer and in the notification: make it unique. At most 256 code points; null is treated as left out.
   * @see https://learn.microsoft.com/graph/api/call-updaterecordingstatus "Max limit is 256 chars."
   */
  clientContext?: string | null | undefined;
};

type Request = components["schemas"]["UpdateRecordingStatusRequest"];

/** One report, checked and copied: every property of the spec's request that was given, null being left out. */
export type UpdateInput = {
  readonly callId: string;
  readonly body: { readonly [Name in keyof Request]: NonNullable<Request[Name]> };
};

// `RecordingStatusUpdate` is written by hand, for its comments. The compiler says what it and the spec's request do not share.
type _FollowsTheSpec = Nothing<
  | `${Exclude<keyof Request, keyof RecordingStatusUpdate>} is in the spec's request: add it to RecordingStatusUpdate in src/model/update.ts`
  | `${Exclude<keyof RecordingStatusUpdate, keyof Request>} is not in the spec's request: take it out of RecordingStatusUpdate in src/model/update.ts`
  | { [Name in keyof Request & keyof RecordingStatusUpdate]: OtherType<Name> }[keyof Request & keyof RecordingStatusUpdate]
>;

type Nothing<Sentence extends never> = Sentence;

/** What may be left out may also be given as undefined. */
type Given = { [Name in keyof Request]: object extends Pick<Request, Name> ? Request[Name] | undefined : Request[Name] };

type OtherType<Name extends keyof Request & keyof RecordingStatusUpdate> = [
  Pick<Given, Name> extends Pick<RecordingStatusUpdate, Name> ? true : false,
  Pick<RecordingStatusUpdate, Name> extends Pick<Given, Name> ? true : false,
] extends [true, true]
  ? never
  : `${Name} has another type in the spec's request: correct it in RecordingStatusUpdate in src/model/update.ts`;
