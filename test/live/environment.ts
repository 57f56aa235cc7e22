/** What the probe needs, by the names that `@azure/identity` reads itself where it does. */
const needed = {
  AZURE_TENANT_ID: "the tenant of the call",
  AZURE_CLIENT_ID: "the bot's app id",
  "AZURE_CLIENT_SECRET or AZURE_CLIENT_CERTIFICATE_PATH": "how the app proves who it is",
  TEAMS_CALL_ID: "a call that is live, which a recording policy has invited the bot to",
} as const;

type Environment = Readonly<Record<string, string | undefined>>;

/** One line that names what is missing; undefined when nothing is. */
export function missingLine(env: Environment): string | undefined {
  const missing = Object.entries(needed).filter(([names]) => names.split(" or ").every((name) => !env[name]));
  if (missing.length === 0) return undefined;
  return `npm run test:live asks the real service, and needs in the environment: ${missing.map(([name, what]) => `${name} (${what})`).join(", ")}.`;
}
