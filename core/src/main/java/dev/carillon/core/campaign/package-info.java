/** Campaigns as a marketer defines them: when, who, what, goal and control group. */
@NullMarked
package dev.carillon.core.campaign;

import org.jspecify.annotations.NullMarked;
