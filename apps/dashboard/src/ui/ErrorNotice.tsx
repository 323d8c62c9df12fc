import { isApiProblemError } from "@smoothsweep/client";
import { isAppError } from "@smoothsweep/contracts";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { ApiKeyForm } from "./ApiKeyForm.tsx";
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
  mayRetry: boolean;
}

/** What went wrong and what to do about it. */
export function ErrorNotice({ error, what, onRetry }: ErrorNoticeProps) {
  const { title, advice, detail, mayRetry } = explain(error, what);
  return (
    <Notice title={title} tone="error" testId="error-notice">
      {advice}
      {isApiProblemError(error) && error.code === "unauthorized" && <ApiKeyForm onSaved={onRetry} />}
      {mayRetry && (
        <p>
          <button type="button" onClick={onRetry}>
            Try again
          </button>
        </p>
      )}
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
  if (code === "api_unreachable")
    return { title: "The API does not answer", advice: unreachableAdvice, detail, mayRetry: true };
  if (code === "unauthorized") {
    return { title: "An API key is needed", advice: keyAdvice, detail, mayRetry: false };
  }
  if (code === "not_found") {
    const advice = (
      <p>
        It may belong to another database: here is the <Link to="/">list of every sweep</Link> of this one.
      </p>
    );
    return { title: `There is no such ${what.replace(/^the /, "")}`, advice, detail, mayRetry: false };
  }
  return {
    title: `${what[0]?.toUpperCase()}${what.slice(1)} cannot be shown`,
    advice: fix && <p>{fix}</p>,
    detail,
    mayRetry: true,
  };
}

const keyAdvice = <p>This API asks for a key: the value of SMOOTHSWEEP_API_KEY it was started with.</p>;

const unreachableAdvice = (
  <p>
    It was probably stopped. Start it again with <code>npm start</code>: earlier sweeps are kept, and this page
    continues by itself.
  </p>
);
