import { loadTensorflowFrom } from "../engines/loadTensorflowEngine.ts";
import { selfTest } from "../selfTest/selfTest.ts";
import type { InstallationSource } from "./engineFolders.ts";

/*
 * Entry of the child process that tries an installation: `node verifyChild.js <package folder> <source>`.
 * Writes one line of JSON, see `VerifiedEngine`; ends with an error when the engine is unfit.
 */
const [packageFolder = "", source = "wheel"] = process.argv.slice(2);
const engine = loadTensorflowFrom({ packageFolder, source: source as InstallationSource }, {});
const { seconds } = await selfTest(await engine);
process.stdout.write(`${JSON.stringify({ version: (await engine).info.version, selfTestSeconds: seconds })}\n`);
