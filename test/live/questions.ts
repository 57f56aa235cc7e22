import type { WireFact } from "./wire-log.ts";

/** What only the live service can answer, and what this run has seen of it. */
export type Answer = { readonly question: string; readonly answer: string | undefined; readonly why: string };

type Question = { readonly question: string; readonly see: (facts: readonly WireFact[]) => string | undefined; readonly otherwise: string };

const member = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
const statusIn = ({ received }: WireFact) => member(received, "status");
const ofStep = (facts: readonly WireFact[], step: string) => facts.filter((fact) => fact.step === step && fact.status !== 0);
const reports = (facts: readonly WireFact[]) => facts.filter(({ method, status }) => method === "POST" && status >= 200 && status <= 299);
const unique = (values: readonly unknown[]) => [...new Set(values)].map((value) => JSON.stringify(value)).join(", ");
/** Nothing where nothing was seen. */
const told = (values: readonly unknown[]) => (values.length === 0 ? undefined : unique(values));

const is8506 = ({ received }: WireFact) => /\b8506\b/.test(JSON.stringify(received) ?? "");
const seeOf = (what: string) => `Nobody sees that on the wire: ${what}`;

export const questions: readonly Question[] = [
  {
    question: "Which HTTP status has communications code 8506?",
    see: (facts) => told(facts.filter(is8506).map(({ status }) => status)),
    otherwise: "No answer held it: name a call without a recording policy in TEAMS_OTHER_CALL_ID.",
  },
  {
    question: "In which case is the status of an operation written?",
    see: (facts) =>
      told(
        reports(facts)
          .map(statusIn)
          .filter((status) => typeof status === "string"),
      ),
    otherwise: "No operation with a status was answered.",
  },
  {
    question: "Is this action ever `running`?",
    see: (facts) => {
      const seen = reports(facts).map(statusIn);
      return seen.length === 0
        ? undefined
        : `${seen.filter((status) => /^running$/i.test(String(status))).length} of ${seen.length} reports in this run`;
    },
    otherwise: "No report was answered.",
  },
  {
    question: "Does a repeated `recording` announce the recording again?",
    see: () => undefined,
    otherwise: seeOf("listen in the call while the step `recording again` runs; the file says how it was answered."),
  },
  {
    question: "What does GET of an operation answer after it has completed?",
    see: (facts) => told(ofStep(facts, "read back").map((fact) => ({ http: fact.status, status: statusIn(fact) ?? null }))),
    otherwise: "No report gave an operation with an id.",
  },
  {
    question: "What does `failed` show to people?",
    see: () => undefined,
    otherwise: seeOf("look at the call while the step `failed` runs."),
  },
  {
    question: "Which Retry-After does the service send?",
    see: (facts) => told(facts.flatMap(({ headers }) => headers["retry-after"] ?? [])),
    otherwise: "No answer had one: nothing was throttled in this run.",
  },
  {
    question: "Who issues the tokens of notifications in the government clouds?",
    see: () => undefined,
    otherwise:
      "It stands in a notification, which needs a public webhook in such a cloud: see `UNVERIFIED`, whose message names the issuer that was refused.",
  },
];

export function answerAll(facts: readonly WireFact[]): Answer[] {
  return questions.map(({ question, see, otherwise }) => {
    const answer = see(facts);
    return { question, answer, why: answer === undefined ? otherwise : "" };
  });
}

export const renderAnswer = ({ question, answer, why }: Answer): string =>
  answer === undefined ? `not observable: ${question} ${why}` : `answered: ${question} ${answer}`;
