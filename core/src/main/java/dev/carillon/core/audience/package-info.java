/** Who a campaign is for: the rule language as sealed types. */
@NullMarked
package dev.carillon.core.audience;

import org.jspecify.annotations.NullMarked;
