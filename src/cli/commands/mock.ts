import { startMock } from "../../testing/start-mock-graph.ts";
import type { Command } from "../command.ts";
import { portOption, readPort } from "../options.ts";
import { refusedPort, untilStopped } from "../serve.ts";

const defaultPort = 4010;

export const mock: Command = {
  name: "mock",
  summary: "Serves the OpenAPI document: every request is checked, every answer is one of its examples.",
  about: [
    "Prism, from the document in this package. It remembers nothing (`fake` does), and says in its answer what is wrong with a request. The header `Prefer: code=403, example=notPolicyRecordingCall` picks an answer. It needs the packages of Prism, and names them where they are missing.",
  ],
  options: { port: portOption(defaultPort) },
  isServer: true,
  exits: { 0: "Ctrl-C or SIGTERM ended it." },
  examples: ["mock --port 4010"],
  async run(invocation, values) {
    const port = readPort(values, defaultPort);
    const server = await startMock({}, port).catch((error) => {
      throw refusedPort(error, port);
    });
    invocation.out(`A mock of Microsoft Graph listens on ${server.url} (the service root: no version segment). Ctrl-C ends it.`);
    return untilStopped(invocation, server.close);
  },
};
