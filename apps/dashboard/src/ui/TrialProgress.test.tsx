import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { describePace, TrialProgress } from "./TrialProgress.tsx";

const counts = { asked: 1060, distinct: 1051, pending: 4, running: 4, completed: 1040, failed: 3, cancelled: 0 };

describe("TrialProgress", () => {
  test("counts completed trials only as done", () => {
    const progress = { trialsPerMinute: 12.3, etaSeconds: 80 };
    const markup = renderToStaticMarkup(<TrialProgress counts={counts} progress={progress} isRunning={true} />);
    expect(markup).toContain('<strong data-testid="progress-done">1,040</strong> of 1,051 trials');
    expect(markup).toContain('aria-valuenow="1040"');
    expect(markup).toContain("12.3 trials/min · 1 min 20 s left");
  });

  test("says that there is no rate yet", () => {
    const unknown = { trialsPerMinute: null, etaSeconds: null };
    expect(describePace(unknown, counts)).toBe("measuring the rate");
    expect(describePace(unknown, { ...counts, running: 0, completed: 0 })).toBe("waiting for a worker");
  });
});
