import { isOurs } from "./errors.ts";

/** Of what an error says that it may be in effect: the status that was asked for, or `recording` where the call did more than one report. */
export type EffectSubject = "The status" | '"recording"';

const sentence = "may be in effect at Graph all the same: do not record, and report again, or report failed, until a report is answered.";
const anySentence = new RegExp(`(?: (?:The status|"recording") ${sentence.replaceAll(".", "\\.")})+$`);

/**
 * The error as an object of its own that says whether the status may be in effect. Whatever leaves the library goes through here, so that no
 * two callers share an error and no message contradicts its `mayBeInEffect`. What is not ours is passed on as it is.
 */
export function withEffect<E>(error: E, mayBeInEffect: boolean, subject: EffectSubject = "The status"): E {
  if (!isOurs(error)) return error;
  const base = error.message.replace(anySentence, "");
  const message = mayBeInEffect ? `${base} ${subject} ${sentence}` : base;
  // `new Error` and not `Object.create`: only that is an error for debuggers and `structuredClone`.
  const copy = Object.setPrototypeOf(new Error(message), Object.getPrototypeOf(error)) as E;
  const told = {
    message: ownValue(message, false),
    mayBeInEffect: ownValue(mayBeInEffect, true),
    stack: ownValue(restack(error, message), false),
  };
  return Object.defineProperties(copy, { ...Object.getOwnPropertyDescriptors(error), ...told } as PropertyDescriptorMap);
}

function ownValue(value: unknown, enumerable: boolean): PropertyDescriptor {
  return { value, enumerable, configurable: true, writable: true };
}

/** The stack shows where the error was made, below the message that it has now. */
function restack({ name, message, stack = "" }: Error, newMessage: string): string {
  const at = stack.indexOf(message);
  return at < 0 ? `${name}: ${newMessage}` : stack.slice(0, at) + newMessage + stack.slice(at + message.length);
}
