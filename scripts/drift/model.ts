// What the spec and Microsoft's metadata are both reduced to before they are compared: CSDL and OpenAPI become the same words.

/** Where something is written, from 1. Asked only for what is shown: finding a line in YAML costs another parse. */
export type Line = () => number;

export type Enumeration = {
  /** `undefined` where it is written in place. */
  readonly name: string | undefined;
  readonly members: readonly string[];
  /** Any other string may come too. */
  readonly open: boolean;
  /** Several members at once, joined by commas. */
  readonly flags: boolean;
  readonly line: Line;
};

/** What a value may be, wherever it is used. */
export type Use = {
  /** `Edm.String`, `resultInfo`, `enum`, `Collection(…)`; alternatives joined by "or". */
  readonly type: string;
  readonly nullable: boolean;
  /** Whether the items of a collection may be null; `undefined`: not said. */
  readonly nullItems?: boolean | undefined;
  readonly enumeration?: Enumeration | undefined;
  /** Limits and the like, under the names of JSON Schema where it has one. */
  readonly facets: ReadonlyMap<string, string>;
};

/** A property of a type, or a parameter of the action. */
export type Member = Use & { readonly required: boolean; readonly line: Line };

export type Structure = {
  readonly name: string;
  readonly kind: "an entity type" | "a complex type";
  readonly base: string | undefined;
  /** `open`, `closed`, or what it is open to. */
  readonly openness: string;
  /** No value is of this very type. Only CSDL can say it. */
  readonly abstract: boolean;
  /** What an entity is addressed by. Only CSDL can say it. */
  readonly key: string | undefined;
  /** Its own ones; those of the base are there. */
  readonly members: ReadonlyMap<string, Member>;
  /** Properties of its base that it makes required. Only OpenAPI can say it. */
  readonly requires?: readonly string[];
  readonly line: Line;
};

/** What a caller can do at an address. */
export type Operation = {
  /** `POST /communications/calls/{}/updateRecordingStatus` */
  readonly address: string;
  /** Of the body; `undefined` for what sends none. */
  readonly body: { readonly openness: string; readonly required: boolean; readonly members: ReadonlyMap<string, Member> } | undefined;
  /** `undefined`: nothing. */
  readonly returns: Use | undefined;
  /** The types of the ids in the address, in its order; `undefined`: not said. */
  readonly keys: readonly (string | undefined)[];
  readonly line: Line;
};

export type Model = {
  readonly structures: ReadonlyMap<string, Structure>;
  readonly operations: ReadonlyMap<string, Operation>;
  /** Why an address is not among the operations, where that can be said. */
  readonly because: (address: string) => string | undefined;
};

export type Format = "csdl" | "openapi";

/** A document of Microsoft's, read. */
export type Metadata = {
  readonly format: Format;
  /** Its types have Microsoft's names. Else it is an OpenAPI document of somebody else, such as our own spec. */
  readonly microsofts: boolean;
  /** The versions that the document says it is of; empty: it does not say. */
  readonly versions: readonly string[];
  /** Where the action is; `undefined`: nowhere. */
  readonly action: Line | undefined;
  /** What of the action's surroundings the document has: for a document without the action. */
  readonly surroundings: ReadonlyMap<string, boolean>;
  readonly modelOf: (version: string, wanted: readonly string[]) => Model;
};

export const actionName = "updateRecordingStatus";

/** What is compared even if the spec forgets it. */
export const scope = {
  structures: ["entity", "commsOperation", "updateRecordingStatusOperation", "resultInfo", "commsNotification", "commsNotifications"],
  addresses: [`POST /communications/calls/{}/${actionName}`, "GET /communications/calls/{}/operations/{}"],
} as const;

/** Sent to the bot, at no address of Graph's: OpenAPI documents may leave them out. */
export const onlyInNotifications: readonly string[] = ["commsNotification", "commsNotifications"];

/** The structure and those that it derives from, nearest first; a circle ends where it closes. */
export function chainOf(structures: ReadonlyMap<string, Structure>, name: string): Structure[] {
  const chain: Structure[] = [];
  for (let next = structures.get(name); next !== undefined && !chain.includes(next); next = structures.get(next.base ?? ""))
    chain.push(next);
  return chain;
}
