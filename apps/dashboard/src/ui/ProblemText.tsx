import { isApiProblemError } from "@smoothsweep/client";
import { isAppError } from "@smoothsweep/contracts";

/** An error within a form or a dialog: every broken rule, or what went wrong, and what to do about it. */
export function ProblemText({ error }: { error: unknown }) {
  const isOurs = isApiProblemError(error) || isAppError(error);
  const rules = isApiProblemError(error) ? error.errors : [];
  const message = error instanceof Error ? error.message : String(error);
  return (
    <div className="problem" role="alert" data-testid="problem">
      {rules.length === 0 ? <p>{message}</p> : null}
      {rules.length > 0 && (
        <ul>
          {rules.map((rule) => (
            <li key={`${rule.path} ${rule.code}`}>{rule.message}</li>
          ))}
        </ul>
      )}
      {isOurs && error.fix !== undefined && <p>{error.fix}</p>}
    </div>
  );
}
