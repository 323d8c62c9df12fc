import { requireChoice } from "../validation/requireChoice.ts";
import { type BinningScheme, defaultScheme, requireScheme } from "./binningScheme.ts";

/** Names of the published ways to measure calibration. */
export type PresetName = "default15" | "guo15" | "torchmetrics15" | "netcal10" | "kumar-mass15-debiased" | "tfp";

/** A published way to measure calibration: what is binned, how, and which norm of the gaps is taken. */
export interface CalibrationPreset {
  /** Bins and intervals. */
  readonly scheme: BinningScheme;
  /** `top-label`: largest probability against right or wrong. `classwise`: every class against its own label, averaged. */
  readonly target: "top-label" | "classwise";
  /** p of the norm of the gaps: 1 is ECE, 2 the root of the squared error. */
  readonly norm: 1 | 2;
  /** Whether the sampling noise of each bin is subtracted (needs norm 2). */
  readonly debiased: boolean;
  /** Whose definition it is. */
  readonly usedBy: string;
}

const rightOpen: BinningScheme = { ...defaultScheme, interval: "right-open" };

/**
 * The named presets, each one setting of the same kernel.
 *
 * @see Guo et al. 2017; Kumar, Liang, Ma 2019; the sources of torchmetrics, netcal and TensorFlow Probability
 */
export const calibrationPresets: Readonly<Record<PresetName, CalibrationPreset>> = {
  default15: {
    scheme: defaultScheme,
    target: "top-label",
    norm: 1,
    debiased: false,
    usedBy: "smoothsweep; uncertainty-calibration get_ece",
  },
  guo15: {
    scheme: { ...defaultScheme, zero: "dropped" },
    target: "top-label",
    norm: 1,
    debiased: false,
    usedBy: "Guo 2017 reference code (gpleiss/temperature_scaling) and what copied it",
  },
  torchmetrics15: {
    scheme: { ...rightOpen, one: "extra-bin" },
    target: "top-label",
    norm: 1,
    debiased: false,
    usedBy: "torchmetrics, torch-uncertainty",
  },
  netcal10: {
    scheme: { ...rightOpen, bins: 10 },
    target: "top-label",
    norm: 1,
    debiased: false,
    usedBy: "netcal",
  },
  "kumar-mass15-debiased": {
    scheme: { ...defaultScheme, width: "equal-mass" },
    target: "classwise",
    norm: 2,
    debiased: true,
    usedBy: "uncertainty-calibration get_calibration_error (Kumar 2019)",
  },
  tfp: { scheme: rightOpen, target: "top-label", norm: 1, debiased: false, usedBy: "TensorFlow Probability" },
};

/** How to bin: a named preset, and single settings that override it. Nothing given means `default15`. */
export interface BinningOptions extends Partial<BinningScheme> {
  /** Named preset to start from, `default15` (default). */
  readonly preset?: PresetName;
}

/**
 * Resolves options to a complete scheme.
 *
 * @param options - preset and overrides
 * @returns the scheme
 * @throws {ArgumentError} when the preset or a setting is unknown, or the bin count is not an integer in 1..1,000,000
 */
export function resolveScheme(options: BinningOptions = {}): BinningScheme {
  const { preset = "default15", ...overrides } = options;
  requireChoice("preset", preset, Object.keys(calibrationPresets));
  const scheme = { ...calibrationPresets[preset].scheme, ...overrides };
  requireScheme(scheme);
  return scheme;
}
