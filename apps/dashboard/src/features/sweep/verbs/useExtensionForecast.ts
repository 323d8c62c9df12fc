import { readExtension } from "@smoothsweep/client";
import type { ExtensionPreviewAnswer } from "@smoothsweep/contracts";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useApi } from "../../../api/ApiContext.ts";
import { queryKeys } from "../../../api/queryKeys.ts";

/** What stands in the form: lists with commas. */
export interface WrittenExtension {
  seeds: string;
  /** Axis path -> values. */
  axes: Readonly<Record<string, string>>;
}

/** What an extension would do, as far as it is known. */
export interface Forecast {
  /** What is written, read; undefined when it says nothing or cannot be read. */
  extension: ReturnType<typeof readExtension> | undefined;
  data: ExtensionPreviewAnswer | undefined;
  /** Why what is written is refused. */
  error: unknown;
  /** Whether `data` or `error` is about what stands in the form now. */
  isFresh: boolean;
}

/** Typing must not ask the API with every key. */
const settleMs = 300;

/** Asks the API what an extension would add, a moment after it was written. */
export function useExtensionForecast(sweepId: string, written: WrittenExtension): Forecast {
  const api = useApi();
  const settled = useSettled(written, settleMs);
  const { extension, mistake } = read(settled);
  const query = useQuery({
    queryKey: queryKeys.extension(sweepId, extension),
    queryFn: ({ signal }) => api.previewExtension(sweepId, extension ?? {}, { signal }),
    enabled: extension !== undefined,
    retry: false,
    gcTime: 0,
  });
  const isFresh = settled === written && (mistake !== null || !query.isFetching);
  return { extension, data: extension === undefined ? undefined : query.data, error: mistake ?? query.error, isFresh };
}

function read({ seeds, axes }: WrittenExtension): { extension: Forecast["extension"]; mistake: unknown } {
  try {
    const extension = readExtension({ seeds, axes: Object.entries(axes) });
    const isEmpty = extension.seeds.length === 0 && Object.keys(extension.axes).length === 0;
    return { extension: isEmpty ? undefined : extension, mistake: null };
  } catch (mistake) {
    return { extension: undefined, mistake };
  }
}

/** The value as it was when it had not changed for a while. */
function useSettled<Value>(value: Value, delayMs: number): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), delayMs);
    return () => clearTimeout(timer);
  }, [value, delayMs]);
  return settled;
}
