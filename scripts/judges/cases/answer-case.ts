/** What a server in Graph's place answers with. */
export type ScriptedAnswer = { readonly status?: number; readonly headers?: { readonly [name: string]: string }; readonly body?: string };

/** One answer of a server in Graph's place: what Prism's proxy says to it, and what the client makes of it when it comes straight. */
export type AnswerCase = {
  readonly what: string;
  readonly answer: ScriptedAnswer;
  /** "passes"; or the violation that the proxy names, place and rule; or the type of its problem, where it names no violation. */
  readonly proxy: string;
  /** The part that matters of the operation, or of the error (then with its `code`), that the client ends with. A pattern stands for a text that it fits. */
  readonly client: { readonly [name: string]: unknown };
};

/** An answer in JSON. */
export function jsonAnswer(status: number, body: unknown, headers: { readonly [name: string]: string } = {}): ScriptedAnswer {
  return { status, headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) };
}
