import type { ModelSpec } from "@smoothsweep/contracts";
import type { TensorFlow } from "../engines/engine.ts";
import { createMlp } from "./mlp.ts";
import type { DataSizes, PackModel } from "./packModel.ts";

/** The model that a specification describes, for data of the given sizes. */
export function createModel(tf: TensorFlow, spec: ModelSpec, sizes: DataSizes): PackModel {
  switch (spec.kind) {
    case "mlp":
      return createMlp(tf, spec, sizes);
  }
}
