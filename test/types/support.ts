/** `true` only for the very same type: `any` equals nothing but itself. */
export type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Gives the value a type of the test's own, as a consumer's variable would have. */
export declare function of<T>(): T;
