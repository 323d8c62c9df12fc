// A worker reduced to its training child: starts one, lets it train for long, and waits to be killed.
import { startTrainingProcess } from "../../dist/supervision/trainingProcess.js";

const { options, request } = JSON.parse(process.argv[2]);
const training = await startTrainingProcess(options);
void training.train(request, () => process.send("training"), { signal: new AbortController().signal });
