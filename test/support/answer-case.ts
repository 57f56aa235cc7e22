import type { ScriptedAnswer } from "./upstream.ts";

/** One answer of a server in Graph's place: what Prism's proxy says to it, and what the client makes of it when it comes straight. */
export type AnswerCase = {
  readonly what: string;
  readonly answer: ScriptedAnswer;
  /** "passes"; or the violation that the proxy names, place and rule; or the type of its problem, where it names no violation. */
  readonly proxy: string;
  /** The part that matters of the operation, or of the error (then with its `code`), that the client ends with. A pattern stands for a text that it fits. */
  readonly client: { readonly [name: string]: unknown };
};
