/** How far the download of a data set is. */
export interface DatasetProgress {
  readonly dataset: string;
  readonly bytesDone: number;
  /** Known beforehand from the catalogue. */
  readonly bytesTotal: number;
}

/** Where data sets are looked for and kept. */
export interface DatasetOptions {
  /** The product's cache, shared by all clones: `cacheDirectory()` of `@smoothsweep/runtime`. */
  readonly cacheDirectory: string;
  /**
   * Files that the user placed by hand (`SMOOTHSWEEP_DATASETS_DIRECTORY`): `<directory>/<name>/<file>`.
   * A data set that has no folder there is fetched as usual. Never written to.
   */
  readonly datasetsDirectory?: string | undefined;
  /** Environment variables, for `${NAME}` in npm's configuration files. Default none. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
  readonly onProgress?: ((progress: DatasetProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}
