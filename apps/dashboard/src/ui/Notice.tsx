import type { ReactNode } from "react";

/** Props of {@link Notice}. */
export interface NoticeProps {
  title: string;
  tone: "plain" | "error";
  children?: ReactNode;
  testId?: string;
}

/** A message in place of content: nothing there yet, or something went wrong. */
export function Notice({ title, tone, children, testId }: NoticeProps) {
  return (
    <section className={`notice notice-${tone}`} role={tone === "error" ? "alert" : undefined} data-testid={testId}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
