/** Reading the facts of a campaign, as ledgers and as a recount. */
@NullMarked
package dev.carillon.storage.embedded.ledger;

import org.jspecify.annotations.NullMarked;
