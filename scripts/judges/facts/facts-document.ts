import { readFileSync } from "node:fs";
import { root } from "../../tool/root.ts";
import { anyOrder, fact } from "./fact.ts";

const packageVersion: string = JSON.parse(readFileSync(`${root}package.json`, "utf8")).version;
const hosts = "docs: concepts/deployments.md; the token scope is the root + /.default";

const globalBeta = {
  url: "https://graph.microsoft.com/beta",
  "x-cloud": {
    name: "global",
    version: "beta",
    authorityHost: "https://login.microsoftonline.com",
    tokenScope: "https://graph.microsoft.com/.default",
  },
};

/** The document as a whole, where the service is, and who may call it. */
export const documentFacts = {
  "document: openapi": fact("3.1.0", "choice: null is a type there, and webhooks exist"),
  "info: version": fact(packageVersion, "choice: the spec is released with the package, so it has the version of package.json"),
  "info: license": fact({ name: "MIT", identifier: "MIT" }, "choice: the package's license"),
  "document: tags": fact(["Recording status", "Operations", "Notifications"], "choice: the three things that the spec is about"),

  servers: fact(
    ["global v1.0", "global beta", "usGovL4 v1.0", "usGovL5 v1.0"],
    "docs: national cloud tables of call-updaterecordingstatus, v1.0 and beta; the first one is the default",
  ),
  "server global v1.0": fact(
    {
      url: "https://graph.microsoft.com/v1.0",
      "x-cloud": {
        name: "global",
        version: "v1.0",
        authorityHost: "https://login.microsoftonline.com",
        tokenScope: "https://graph.microsoft.com/.default",
      },
    },
    hosts,
  ),
  "server global beta": fact(globalBeta, hosts),
  "server usGovL4 v1.0": fact(
    {
      url: "https://graph.microsoft.us/v1.0",
      "x-cloud": {
        name: "usGovL4",
        version: "v1.0",
        authorityHost: "https://login.microsoftonline.us",
        tokenScope: "https://graph.microsoft.us/.default",
      },
    },
    hosts,
  ),
  "server usGovL5 v1.0": fact(
    {
      url: "https://dod-graph.microsoft.us/v1.0",
      "x-cloud": {
        name: "usGovL5",
        version: "v1.0",
        authorityHost: "https://login.microsoftonline.us",
        tokenScope: "https://dod-graph.microsoft.us/.default",
      },
    },
    hosts,
  ),

  "unsupported clouds": fact(["china", "usGovL4 beta", "usGovL5 beta"], "docs: national cloud tables of call-updaterecordingstatus"),
  "unsupported cloud china": fact(
    { name: "china", url: "https://microsoftgraph.chinacloudapi.cn", reason: "given" },
    "docs: national cloud table says no; CSDL v1.0-Mooncake has no communications; without a version: the whole cloud",
  ),
  "unsupported cloud usGovL4 beta": fact(
    { name: "usGovL4", version: "beta", url: "https://graph.microsoft.us/beta", reason: "given" },
    "docs: national cloud table of the beta page says no",
  ),
  "unsupported cloud usGovL5 beta": fact(
    { name: "usGovL5", version: "beta", url: "https://dod-graph.microsoft.us/beta", reason: "given" },
    "docs: national cloud table of the beta page says no",
  ),

  "path /app/calls/{id}/updateRecordingStatus: servers": fact(
    ["global beta"],
    "CSDL: v1.0 has no singleton app; docs: only the beta page has this path",
  ),
  "path /app/calls/{id}/updateRecordingStatus: server global beta": fact(globalBeta, hosts),

  "security scheme graphApplication: type": fact("oauth2", "docs: permissions table, application permissions only"),
  "security scheme graphApplication: flow clientCredentials: tokenUrl": fact(
    "https://login.microsoftonline.com/common/oauth2/v2.0/token",
    "docs: concepts/deployments.md, the global Entra host; concepts/auth-v2-service.md: a tenant stands in the place of common",
  ),
  "security scheme graphApplication: flow clientCredentials: scopes": fact(
    anyOrder("Calls.AccessMedia.All", "Calls.JoinGroupCall.All"),
    'docs: permissions table of call-updaterecordingstatus; the role has no "s" after "Call"',
  ),
  "security scheme notificationToken: type": fact("http", "docs: msteams-docs call-notifications.md"),
  "security scheme notificationToken: scheme": fact("bearer", "docs: msteams-docs call-notifications.md"),
  "security scheme notificationToken: bearerFormat": fact("JWT", "docs: msteams-docs call-notifications.md"),
  "security scheme notificationToken: x-open-id-configuration": fact(
    "https://api.aps.skype.com/v1/.well-known/OpenIdConfiguration",
    "docs: msteams-docs call-notifications.md; microsoft-graph-comms-samples, AuthenticationProvider.cs",
  ),
  "security scheme notificationToken: x-issuers": fact(
    ["https://graph.microsoft.com", "https://api.botframework.com"],
    "reports: microsoft-graph-comms-samples, AuthenticationProvider.cs accepts both; the docs name the second",
  ),
  "security scheme notificationToken: x-algorithm": fact("RS256", "reports: MicrosoftDocs/bot-docs#2242, a token seen live"),
  "security scheme notificationToken: x-tenant-claim": fact(
    "tid",
    "reports: microsoft-graph-comms-samples, AuthenticationProvider.cs refuses a token without it",
  ),
};
