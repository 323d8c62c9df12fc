/** Name of the kernel that an engine may have for the derivative of relu: see `reluGradient`. */
export const RELU_GRADIENT = "SmoothsweepReluGradient";
/** Name of the kernel that an engine may have for a whole step of momentum: see `momentumStep`. */
export const MOMENTUM_STEP = "SmoothsweepMomentumStep";
