// The line between a client and its Redis, which a test can cut at the worst moment.
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

export type RedisLine = {
  /** The path of the socket that clients connect to. */
  readonly path: string;
  /** The next command whose text holds this reaches Redis, but its answer is lost, and the connection breaks. */
  loseAnswerOf(text: string): void;
  /** Breaks every connection. */
  cut(): void;
  close(): Promise<void>;
};

/** Lays one to the socket of a Redis. */
export async function layLine(redisPath: string): Promise<RedisLine> {
  const path = `${redisPath}-line-${++lines}`;
  const sockets = new Set<Socket>();
  let wanted: string | undefined;
  const server = createServer((near) => {
    const far = connect(redisPath);
    let isDeaf = false;
    const drop = () => {
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("error", drop);
      socket.on("close", drop);
    }
    near.on("data", (data) => {
      if (wanted !== undefined && data.includes(wanted)) {
        isDeaf = true;
        wanted = undefined;
      }
      far.write(data);
    });
    far.on("data", (data) => {
      if (isDeaf) drop();
      else near.write(data);
    });
  });
  server.listen(path);
  await once(server, "listening");
  const cut = () => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  return {
    path,
    loseAnswerOf(text) {
      wanted = text;
    },
    cut,
    async close() {
      server.close();
      cut();
      await once(server, "close");
    },
  };
}

let lines = 0;
