/** Name of the kernel that an engine may have for a whole step of momentum: see `momentumStep`. */
export const MOMENTUM_STEP = "SmoothsweepMomentumStep";
