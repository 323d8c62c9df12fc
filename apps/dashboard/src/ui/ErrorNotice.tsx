import { isApiProblemError } from "@smoothsweep/client";
import { isAppError } from "@smoothsweep/contracts";
import type { ReactNode } from "react";
import { Notice } from "./Notice.tsx";

/** Props of {@link ErrorNotice}. */
export interface ErrorNoticeProps {
  error: unknown;
  /** What was wanted: `the sweep`. */
  what: string;
  onRetry: () => void;
}

interface ErrorText {
  title: string;
  advice: ReactNode;
  detail: string;
}

/** What went wrong and what to do about it. */
export function ErrorNotice({ error, what, onRetry }: ErrorNoticeProps) {
  const { title, advice, detail } = explain(error, what);
  return (
    <Notice title={title} tone="error" testId="error-notice">
      {advice}
      <p>
        <button type="button" onClick={onRetry}>
          Try again
        </button>
      </p>
      <p className="notice-detail">{detail}</p>
    </Notice>
  );
}

function explain(error: unknown, what: string): ErrorText {
  const fix = isApiProblemError(error) || isAppError(error) ? error.fix : undefined;
  const code = isApiProblemError(error) || isAppError(error) ? error.code : "internal";
  const message = error instanceof Error ? error.message : String(error);
  const detail = isApiProblemError(error)
    ? `${code} · ${message} · request ${error.problem.requestId}`
    : `${code} · ${message}`;
  if (code === "api_unreachable") return { title: "The API does not answer", advice: unreachableAdvice, detail };
  if (code === "not_found") {
    const advice = <p>It may belong to another database. The list shows every sweep of this one.</p>;
    return { title: `There is no such ${what.replace(/^the /, "")}`, advice, detail };
  }
  return { title: `${what[0]?.toUpperCase()}${what.slice(1)} cannot be shown`, advice: fix && <p>{fix}</p>, detail };
}

const unreachableAdvice = (
  <p>
    It was probably stopped. Start it again with <code>npm start</code>: earlier sweeps are kept, and this page
    continues by itself.
  </p>
);
