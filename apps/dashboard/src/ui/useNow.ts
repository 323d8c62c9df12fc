import { useEffect, useState } from "react";

/** The time, renewed every so often, for ages that grow while one looks. */
export function useNow(intervalMs = 10_000): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), intervalMs);
    return () => clearInterval(timer);
  }, [intervalMs]);
  return nowMs;
}
