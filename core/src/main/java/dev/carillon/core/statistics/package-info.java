/**
 * Was the campaign worth it: lift, intervals and verdicts, computed from mergeable sufficient
 * statistics of a target and a control group.
 */
@NullMarked
package dev.carillon.core.statistics;

import org.jspecify.annotations.NullMarked;
