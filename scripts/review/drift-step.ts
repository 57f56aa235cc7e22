import type { Drift } from "./findings.ts";
export async function compareWithMetadata(_text: string): Promise<Drift[]> {
  return [];
}
