// What the terms of use say, one sentence for each rule that the judge knows.
// https://learn.microsoft.com/graph/api/call-updaterecordingstatus "Additional Restriction"

/** Ends the sentence on a violation. */
export const terms = {
  early: "The terms: no media, and nothing derived from it, is persisted before Graph answered `recording` with success.",
  end: "The terms: a recording ends before its end is reported, and nothing is persisted after that.",
  failed: "The terms: once `failed` is reported nothing is persisted, until Graph has confirmed a new `recording`.",
  gone: "The terms: what Graph permitted for a call ends with the call.",
  status: "The terms: the status says whether the bot records; whoever ends a recording reports its end.",
} as const;

/** The rule that a sentence breaks: `d was persisted … [The terms: …]`. */
export function breaks(what: string, rule: keyof typeof terms): string {
  return `${what}. ${terms[rule]}`;
}
