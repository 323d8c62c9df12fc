/** What the literature and its code got wrong, by code. Codes are stable. */
export type LintCode =
  | "unnormalised_targets"
  | "class_term_weights_change_optimum"
  | "class_term_weights_flip_argmax"
  | "logit_adjustment_too_strong"
  | "prior_smoothing_on_balanced_test"
  | "double_smoothing"
  | "off_target_doubles_at_two_classes"
  | "epsilon_often_excessive"
  | "smoothed_teacher"
  | "true_class_not_largest"
  | "epsilon_not_used"
  | "rows_do_not_sum_to_one"
  | "weighted_mean_differs_from_indices";

/** Something legal that is probably not meant. */
export interface LintWarning {
  readonly code: LintCode;
  /** What is wrong, with the numbers at hand, and what to do instead. One line without a full stop. */
  readonly message: string;
}
