// What an assertion of wire-types.ts becomes: `true`, or the sentence that the compiler and the judge print.

export type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** `true` when the generated type is the stated one, else what differs and what to do about it. */
export type Stated<Generated, ByHand> =
  Equal<Generated, ByHand> extends true ? true : `${Difference<Generated, ByHand>}: state it here, or take it out of the spec`;

/** The same for constants: the members of an enum, a `required` and a list of types mean the same in any order. */
export type StatedConstant<Generated, ByHand> = Stated<AnyOrder<Generated>, AnyOrder<ByHand>>;

type AnyOrder<T> = T extends readonly string[]
  ? { members: T[number]; count: T["length"] }
  : T extends object
    ? { [K in keyof T]: AnyOrder<T[K]> }
    : T;

/** One sentence for each place that differs, such as `properties.status is new in the spec`. */
type Difference<G, S, At extends string = ""> =
  Equal<G, S> extends true
    ? never
    : [Words<G>, Words<S>] extends [infer A extends Word, infer B extends Word]
      ? OrElse<`${Place<At>} may be ${Exclude<A, B>}` | `${Place<At>} is never ${Exclude<B, A>}`, `${Place<At>} is of another type`>
      : [G, S] extends [object, object]
        ? OrElse<InKeys<G, S, At>, `${Place<At>} is of another type`>
        : `${Place<At>} is of another type`;

/** What a value or the members of a list may be, where that can be spelled out. */
type Words<T> = [T] extends [readonly (infer Member)[]] ? Member : T;
type Word = string | number | boolean;
type Place<At extends string> = At extends "" ? "the type in the spec" : At;
type OrElse<Sentence, Otherwise> = [Sentence] extends [never] ? Otherwise : Sentence;

type InKeys<G, S, At extends string> =
  | `${Below<At, Exclude<Names<G>, Names<S>>>} is new in the spec`
  | `${Below<At, Exclude<Names<S>, Names<G>>>} is gone from the spec`
  | { [K in Names<G> & Names<S>]: InKey<G, S, K, Below<At, K>> }[Names<G> & Names<S>];

type InKey<G, S, K extends keyof G & keyof S, At extends string> =
  Equal<Pick<G, K>, Pick<S, K>> extends true ? never : OrElse<Difference<G[K], S[K], At>, `${At} is required or optional, not as stated`>;

type Below<At extends string, Key extends Word> = At extends "" ? `${Key}` : `${At}.${Key}`;

/** The keys that have names: an index signature has none. */
type Names<T> = keyof { [K in keyof T as string extends K ? never : number extends K ? never : K & Word]: T[K] } & Word;
