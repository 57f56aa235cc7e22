import ts from "typescript";

/** Whether two types are built alike, whatever their parts are called. */
export function sameType(checker: ts.TypeChecker, a: ts.Type, b: ts.Type, depth = 0): boolean {
  if (a === b) return true;
  if (depth > 12 || (a.flags & ts.TypeFlags.Object) !== (b.flags & ts.TypeFlags.Object)) return false;
  if (a.isUnion() || b.isUnion()) return a.isUnion() && b.isUnion() && sameParts(checker, a.types, b.types, depth);
  if (a.isIntersection() || b.isIntersection())
    return a.isIntersection() && b.isIntersection() && sameParts(checker, a.types, b.types, depth);
  if (!(a.flags & ts.TypeFlags.Object)) return false;
  return sameMembers(checker, a, b, depth) && sameIndexes(checker, a, b, depth) && sameLists(checker, a, b, depth);
}

function sameParts(checker: ts.TypeChecker, a: readonly ts.Type[], b: readonly ts.Type[], depth: number): boolean {
  return a.length === b.length && a.every((one) => b.some((other) => sameType(checker, one, other, depth + 1)));
}

function sameMembers(checker: ts.TypeChecker, a: ts.Type, b: ts.Type, depth: number): boolean {
  if (isList(checker, a) || isList(checker, b)) return isList(checker, a) && isList(checker, b);
  const [ours, theirs] = [checker.getPropertiesOfType(a), checker.getPropertiesOfType(b)];
  if (ours.length !== theirs.length) return false;
  return ours.every((one) => {
    const other = checker.getPropertyOfType(b, one.name);
    return other !== undefined && sameMember(checker, one, other, depth);
  });
}

/** The same type, and both required or both optional. */
export function sameMember(checker: ts.TypeChecker, a: ts.Symbol, b: ts.Symbol, depth = 0): boolean {
  const isOptional = (one: ts.Symbol) => (one.flags & ts.SymbolFlags.Optional) !== 0;
  return isOptional(a) === isOptional(b) && sameType(checker, checker.getTypeOfSymbol(a), checker.getTypeOfSymbol(b), depth + 1);
}

function sameIndexes(checker: ts.TypeChecker, a: ts.Type, b: ts.Type, depth: number): boolean {
  const [ours, theirs] = [checker.getIndexInfosOfType(a), checker.getIndexInfosOfType(b)];
  if (isList(checker, a)) return true;
  return (
    ours.length === theirs.length &&
    ours.every((one, index) => sameType(checker, one.type, (theirs[index] as ts.IndexInfo).type, depth + 1))
  );
}

function isList(checker: ts.TypeChecker, type: ts.Type): boolean {
  return checker.isArrayType(type) || checker.isTupleType(type);
}

function sameLists(checker: ts.TypeChecker, a: ts.Type, b: ts.Type, depth: number): boolean {
  if (!isList(checker, a)) return true;
  const [ours, theirs] = [a, b].map((one) => checker.getTypeArguments(one as ts.TypeReference));
  return (
    checker.isTupleType(a) === checker.isTupleType(b) &&
    ours?.length === theirs?.length &&
    (ours ?? []).every((one, index) => sameType(checker, one, theirs?.[index] as ts.Type, depth + 1))
  );
}
