/** One call under two spellings: answers write GUIDs in lower case with dashes, notifications in upper case without. */
export function callKey(callId: string): string {
  const bare = callId.replaceAll("-", "").toLowerCase();
  return /^[0-9a-f]{32}$/.test(bare) ? bare : callId;
}
