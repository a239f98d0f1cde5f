/** Every number of a campaign, computed from its ledger by set algebra. */
@NullMarked
package dev.carillon.core.report;

import org.jspecify.annotations.NullMarked;
