import { createClient } from "@smoothsweep/client";
import type { SweepDetail, SweepVerb } from "@smoothsweep/contracts";
import { QueryClientProvider } from "@tanstack/react-query";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { ApiContext } from "../../api/ApiContext.ts";
import { createQueryClient } from "../../app/createQueryClient.ts";
import { SweepVerbs, VerbQuestion } from "./SweepVerbs.tsx";

const counts = { asked: 60, distinct: 51, pending: 40, running: 1, completed: 10, failed: 0, cancelled: 0 };

function render(verbs: SweepVerb[]): string {
  const sweep = { id: "swp_1", counts, verbs } as unknown as SweepDetail;
  return renderToStaticMarkup(
    <QueryClientProvider client={createQueryClient()}>
      <ApiContext value={createClient()}>
        <SweepVerbs sweep={sweep} />
      </ApiContext>
    </QueryClientProvider>,
  );
}

describe("SweepVerbs", () => {
  test("offers what the API says can be done now, and nothing else", () => {
    expect(render(["pause", "stop", "cancel", "extend"]).match(/(?<=<button[^>]*>)\w+/g)).toEqual([
      "pause",
      "stop",
      "cancel",
    ]);
    expect(render([])).toBe("");
  });

  test.each([
    ["cancel", "Cancel 41 trials? Those that run are aborted."],
    ["delete", "Delete 60 trials and all results for good?"],
  ] as const)("asks before it does %s, and says what would be lost", (verb, question) => {
    const markup = renderToStaticMarkup(
      <VerbQuestion verb={verb} sweep={{ counts }} isPending={false} onAnswer={() => undefined} />,
    );
    expect(markup).toContain(question);
  });
});
