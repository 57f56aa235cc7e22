const bareGuid = /^[0-9a-f]{32}$/;

/** One call under two spellings: answers write GUIDs in lower case with dashes, notifications in upper case without. */
export function callKey(callId: string): string {
  const bare = callId.replaceAll("-", "").toLowerCase();
  return bareGuid.test(bare) ? bare : callId;
}

/** An id in the spelling of Graph's answers: a GUID in lower case with dashes; any other as it is. */
export function asAnswered(id: string): string {
  const bare = id.replaceAll("-", "").toLowerCase();
  return bareGuid.test(bare) ? bare.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-") : id;
}
