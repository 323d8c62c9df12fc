import { type Problem, problemSchema } from "@smoothsweep/contracts";

/** The error of a gateway in front of the API, which knows nothing of problems. */
function foreignProblem(response: Response, body: string): Problem {
  const unreachable = response.status >= 502 && response.status <= 504;
  return {
    type: "about:blank",
    title: response.statusText === "" ? `HTTP ${response.status}` : response.statusText,
    status: response.status,
    detail: body.trim().slice(0, 200),
    code: unreachable ? "api_unreachable" : "internal",
    requestId: response.headers.get("x-request-id") ?? "",
  };
}

/** The problem that an error response carries; one is made up when the body is not a problem. */
export async function readProblem(response: Response): Promise<Problem> {
  const body = await response.text();
  try {
    const parsed = problemSchema.safeParse(JSON.parse(body));
    if (parsed.success) return parsed.data;
  } catch {
    // Not JSON: a gateway's page.
  }
  return foreignProblem(response, body);
}
