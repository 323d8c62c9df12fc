import { extensionRequestSchema, type SweepVerb } from "@smoothsweep/contracts";
import type { SweepControl } from "@smoothsweep/sweeps";
import type { Handler } from "../http/handler.ts";
import { validBody } from "../http/validBody.ts";

/** Does to a sweep what a verb says in its state; see `verbTable`. */
export function applyVerb(control: SweepControl, verb: Exclude<SweepVerb, "extend" | "delete">): Handler<"pauseSweep"> {
  return async ({ params }) => ({ body: await control.apply(params["sweepId"] as string, verb) });
}

export function extendSweep(control: SweepControl): Handler<"extendSweep"> {
  return async ({ params, body }) => {
    const extension = validBody(extensionRequestSchema, body);
    return { body: await control.extend(params["sweepId"] as string, extension) };
  };
}

export function previewExtension(control: SweepControl): Handler<"previewExtension"> {
  return async ({ params, body }) => {
    const extension = validBody(extensionRequestSchema, body);
    return { body: await control.previewExtension(params["sweepId"] as string, extension) };
  };
}

export function previewDeletion(control: SweepControl): Handler<"previewDeletion"> {
  return async ({ params }) => ({ body: await control.previewDeletion(params["sweepId"] as string) });
}

export function deleteSweep(control: SweepControl): Handler<"deleteSweep"> {
  return async ({ params, query }) => {
    const sweepId = params["sweepId"] as string;
    await control.delete(sweepId, query.confirm);
    return { body: { deleted: sweepId } };
  };
}
