import type { Json } from "../../spec/document.ts";
import { eitherWire, higher, type Meaning } from "../change.ts";
import type { Effect } from "../schemas/effect.ts";
import { through } from "../schemas/lens.ts";
import type { Direction, Use } from "../usage.ts";

export const sameValues: Meaning = { side: "caller", bump: "patch", wire: "no", why: "The same values fit as before." };
export const asBefore: Meaning = { side: "caller", bump: "patch", wire: "no", why: "It means the same as before." };
export const orderOnly: Meaning = { side: "caller", bump: "patch", wire: "no", why: "The order has no meaning." };

export const unknownExtension: Meaning = {
  side: "both",
  bump: "minor",
  wire: "maybe",
  why: "An extension that these checks do not know: judge it yourself.",
};

/** Something breaks, or is new, on the wire. */
export const major = (why: string, side: Meaning["side"] = "caller"): Meaning => ({ side, bump: "major", wire: "yes", why });
export const minor = (why: string): Meaning => ({ side: "caller", bump: "minor", wire: "yes", why });

/** What no message uses can only be read. */
const unused: Meaning = {
  side: "caller",
  bump: "major",
  wire: "no",
  why: "No message uses it. Callers that use its type may no longer compile.",
};

/** What fewer or more values mean for whom. */
export function byEffect(uses: readonly Use[], effect: Effect): Meaning {
  if (effect === "none") return sameValues;
  if (uses.length === 0) return unused;
  const directions = new Set(uses.map(({ direction }) => direction));
  return joined([...directions].map((direction) => meaning(direction, effectFor(direction, uses, effect))));
}

/** What nothing uses is judged as if the caller sent it: it is written for somebody. */
export function directionsOf(uses: readonly Use[]): readonly Direction[] {
  return uses.length === 0 ? ["sent"] : [...new Set(uses.map(({ direction }) => direction))];
}

/** What must be there, or may be missing. */
export function demandMeaning(isRequired: boolean, uses: readonly Use[]): Meaning {
  const sentences: Readonly<Record<Direction, Meaning>> = isRequired
    ? { sent: major("Callers that leave it out are refused."), received: major("The service must always send it.", "service") }
    : { sent: minor("Callers may leave it out."), received: major("Callers must expect that it is missing.") };
  return joined(directionsOf(uses).map((direction) => sentences[direction]));
}

export function deprecation(base: Json | undefined, revision: Json | undefined): Meaning {
  if ((base === true) === (revision === true)) return asBefore;
  const why = revision === true ? "Callers are told to move away from it." : "Callers are no longer told to move away from it.";
  return { side: "caller", bump: "minor", wire: "no", why };
}

/** What it does to all messages of a direction together. */
export function effectFor(direction: Direction, uses: readonly Use[], effect: Effect): Effect {
  const effects = new Set(uses.filter((use) => use.direction === direction).map(({ lens }) => through(lens, effect)));
  effects.delete("none");
  const [one = "none", another] = effects;
  if (another === undefined) return one;
  return effects.has("unclear") ? "unclear" : "other";
}

/** Two judgements on one change: the graver one decides, and both are told. */
export function joined(meanings: readonly Meaning[]): Meaning {
  const telling = meanings.filter((one) => one !== sameValues);
  const [first = sameValues, ...others] = telling;
  return others.reduce(
    (a, b) => ({
      side: a.bump === b.bump ? (a.side === b.side ? a.side : "both") : higher(a.bump, b.bump) === a.bump ? a.side : b.side,
      bump: higher(a.bump, b.bump),
      wire: eitherWire(a.wire, b.wire),
      why: a.why === b.why ? a.why : `${a.why} ${b.why}`,
    }),
    first,
  );
}

function meaning(direction: Direction, effect: Effect): Meaning {
  return effect === "none" ? sameValues : sentences[direction][effect];
}

type Changing = Exclude<Effect, "none">;

const sentences: Readonly<Record<Direction, Readonly<Record<Changing, Meaning>>>> = {
  sent: {
    wider: { side: "caller", bump: "minor", wire: "yes", why: "Callers may send more." },
    narrower: { side: "caller", bump: "major", wire: "yes", why: "Callers that send what was allowed are refused." },
    other: {
      side: "caller",
      bump: "major",
      wire: "yes",
      why: "Callers that send what was allowed are refused; they may send something else.",
    },
    unclear: {
      side: "caller",
      bump: "major",
      wire: "maybe",
      why: "These checks cannot tell whether callers that send what was allowed are refused: judge it yourself.",
    },
  },
  received: {
    wider: { side: "caller", bump: "major", wire: "yes", why: "Callers must expect more than before." },
    narrower: { side: "service", bump: "major", wire: "yes", why: "The service may no longer send some of what was right." },
    other: {
      side: "both",
      bump: "major",
      wire: "yes",
      why: "Callers must expect other values, and the service may no longer send some of what was right.",
    },
    unclear: {
      side: "both",
      bump: "major",
      wire: "maybe",
      why: "These checks cannot tell whether callers must expect more, or the service may send less: judge it yourself.",
    },
  },
};
