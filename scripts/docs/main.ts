// `npm run docs`: a static site from the spec and the code, site/. It opens from the disk and asks for nothing from the network.
import { runTool } from "../tool/run-tool.ts";
import { docs } from "./docs.ts";

await runTool(docs);
