/** How engines say it: TensorFlow's RESOURCE_EXHAUSTED, V8's arrays, our guard of WebAssembly, WebGPU's buffers. */
const WORDS =
  /resource.?exhausted|\bOOM\b|out of memory|(failed|cannot|unable) to allocate|array buffer allocation failed/i;

/** Whether an engine failed because memory ran out, so that a smaller pack may fit. */
export function isOutOfMemory(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof RangeError && /invalid (typed )?array (buffer )?length/i.test(error.message)) return true;
  return WORDS.test(error.message) || isOutOfMemory(error.cause);
}
