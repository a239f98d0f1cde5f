/** The ledger: which messages bear which marks, as sets. */
@NullMarked
package dev.carillon.core.ledger;

import org.jspecify.annotations.NullMarked;
