const bareGuid = /^[0-9a-f]{32}$/;

/** The last: one report asks for the key of its call a dozen times. */
let last = { callId: "", key: "" };

/** One call under two spellings: answers write GUIDs in lower case with dashes, notifications in upper case without. */
export function callKey(callId: string): string {
  if (callId === last.callId) return last.key;
  const bare = callId.replaceAll("-", "").toLowerCase();
  last = { callId, key: bareGuid.test(bare) ? bare : callId };
  return last.key;
}

/** An id in the spelling of Graph's answers: a GUID in lower case with dashes; any other as it is. */
export function asAnswered(id: string): string {
  const bare = id.replaceAll("-", "").toLowerCase();
  return bareGuid.test(bare) ? bare.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-") : id;
}
