/**
 * Sends a request that must begin to be answered within `limitMs`: a half-open connection takes it and stays silent.
 * @throws Error when it is not; the signal's reason when that is aborted, also while the answer is read
 */
export async function answeredWithin<Answer>(
  limitMs: number,
  signal: AbortSignal | undefined,
  request: (signal: AbortSignal) => Promise<Answer>,
): Promise<Answer> {
  const tooLate = new AbortController();
  const timer = setTimeout(() => tooLate.abort(new Error(`the API did not answer within ${limitMs} ms`)), limitMs);
  try {
    return await request(signal === undefined ? tooLate.signal : AbortSignal.any([signal, tooLate.signal]));
  } finally {
    clearTimeout(timer);
  }
}
