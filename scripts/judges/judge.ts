// Would the contract tests notice? Judges a whole document by the four suites, without a server and without a file.

import type { JsonObject } from "../spec/document.ts";
import { facts } from "./facts/all-facts.ts";
import { compareWithFacts } from "./facts/compare.ts";
import { constraintsOf } from "./facts/constraints.ts";
import type { Judgement } from "./judgement.ts";
import { flawOf, type MockCase, mockCases } from "./mock-cases.ts";
import { createOperationsReader } from "./operations.ts";
import { askMock, askProxy, type Operations, type PrismRequest, readOperations } from "./prism.ts";
import { type ProxyCase, proxyCases, verdictFlaw } from "./proxy-cases.ts";
import { differencesFrom, needed, twinsOf, typeRelevant } from "./same-part.ts";
import { createMutantTypesJudge, createTypesJudge } from "./types.ts";

export type Judge = (document: JsonObject) => Promise<Judgement>;

/** Judges whole documents, and collects every objection. */
export function createJudge(): Judge {
  const judgeTypes = createTypesJudge();
  const requests = mockCases();
  const answers = proxyCases();
  return async (document) => {
    const all = await safely(readOperations(document));
    const unreadable = typeof all === "string" ? [all] : [];
    const operations = typeof all === "string" ? [] : all;
    return {
      facts: factObjections(document),
      types: await judgeTypes(document),
      mock: [...unreadable, ...(await collect(requests, (one) => mockFlaw(operations, one)))],
      proxy: [...unreadable, ...(await collect(answers, (one) => proxyFlaw(operations, one)))],
    };
  };
}

/**
 * Judges documents that differ from a good one in one place. Each suite stops at its first objection, and leaves out the cases whose part of
 * the document is the same as in the good one, or as that of another case: they would go as they went there.
 */
export async function createMutantJudge(good: JsonObject): Promise<Judge> {
  const judgeTypes = await createMutantTypesJudge(good);
  const [requests, answers] = [mockCases(), proxyCases()];
  const read = await createOperationsReader(good);
  const [goodTypes, differenceFrom] = [typeRelevant(good), differencesFrom(await read(good))];
  return async (document) => {
    const all = await safely(read(document));
    const sameTypes = typeof all !== "string" && typeRelevant(document) === goodTypes;
    const types = sameTypes ? [] : await judgeTypes(document);
    if (typeof all === "string") return { facts: factObjections(document), types, mock: [all], proxy: [all] };
    const [differs, isTwin] = [differenceFrom(all), twinsOf(document)];
    const own = <Case extends { readonly request: PrismRequest }>(cases: readonly Case[]) =>
      cases.filter(({ request }) => !isTwin(request));
    const asked = needed(own(requests), ({ request, expected }) => differs.mock(request, expected.status));
    const judged = needed(own(answers), ({ request, answer }) => differs.proxy(request, answer.status ?? 200));
    return {
      facts: factObjections(document),
      types,
      mock: await collect(asked, (one) => mockFlaw(all, one), 1),
      proxy: await collect(judged, (one) => proxyFlaw(all, one), 1),
    };
  };
}

const factObjections = (document: JsonObject) => [...compareWithFacts(constraintsOf(document), facts).values()];
const mockFlaw = async (operations: Operations, one: MockCase) => flawOf(one, await askMock(operations, one.request));
const proxyFlaw = async (operations: Operations, one: ProxyCase) => verdictFlaw(one, await askProxy(operations, one.request, one.answer));

async function collect<Case>(
  cases: readonly Case[],
  flaw: (one: Case) => Promise<string | undefined>,
  most = Number.POSITIVE_INFINITY,
): Promise<string[]> {
  const found: string[] = [];
  for (const one of cases) {
    const message = await flaw(one);
    if (message !== undefined) found.push(message);
    if (found.length >= most) break;
  }
  return found;
}

/** Prism throws on some documents, a broken `$ref` say: that is an objection, too. */
async function safely(operations: Promise<Operations>): Promise<Operations | string> {
  try {
    return await operations;
  } catch (error) {
    return `Prism cannot serve the document: ${error instanceof Error ? error.message : error}`;
  }
}
