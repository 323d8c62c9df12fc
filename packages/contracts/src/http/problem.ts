import { z } from "zod";
import { specIssueSchema } from "../errors/specIssue.ts";

/** RFC 9457 problem details: the body of every error. `code` is stable, `title` and `detail` may be reworded. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: z.string(),
  requestId: z.string(),
  fix: z.string().optional(),
  /** Every broken rule, when the request breaks rules. */
  errors: z.array(specIssueSchema).optional(),
});
export type Problem = z.infer<typeof problemSchema>;
