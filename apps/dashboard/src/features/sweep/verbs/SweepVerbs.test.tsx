import { createClient } from "@smoothsweep/client";
import type { SweepDetail } from "@smoothsweep/contracts";
import { QueryClientProvider } from "@tanstack/react-query";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { ApiContext } from "../../../api/ApiContext.ts";
import { createQueryClient } from "../../../app/createQueryClient.ts";
import { inWords } from "./ExtensionForecast.tsx";
import { SweepVerbs } from "./SweepVerbs.tsx";

const counts = { asked: 60, distinct: 51, pending: 40, running: 1, completed: 10, failed: 0, cancelled: 0 };

function render(parts: Pick<SweepDetail, "verbs" | "refusals">): string {
  const sweep = { id: "swp_1", counts, ...parts } as unknown as SweepDetail;
  return renderToStaticMarkup(
    <QueryClientProvider client={createQueryClient()}>
      <ApiContext value={createClient()}>
        <SweepVerbs sweep={sweep} onDeleted={() => undefined} />
      </ApiContext>
    </QueryClientProvider>,
  );
}

describe("SweepVerbs", () => {
  test("can be reached when it is refused, and describes why", () => {
    const markup = render({ verbs: [], refusals: [{ verb: "delete", reason: "it has not ended", fix: "Wait." }] });
    const [, id] = /aria-disabled="true" aria-describedby="([^"]+)"/.exec(markup) ?? [];
    expect(markup).toContain(`<span id="${id}" class="visually-hidden">It has not ended. Wait.</span>`);
    expect(markup).not.toMatch(/\sdisabled/);
  });
});

describe("inWords", () => {
  test("says what is trained, what is taken over and what is merged", () => {
    expect(inWords({ added: 10, distinct: 9, reusable: 0 })).toBe(
      "Adds 10 trials: 9 to train, 1 merged as equivalent.",
    );
    expect(inWords({ added: 3, distinct: 3, reusable: 3 })).toBe("Adds 3 trials: 3 with results in other sweeps.");
    expect(inWords({ added: 0, distinct: 0, reusable: 0 })).toBe("Adds nothing: the sweep has all of this.");
  });
});
