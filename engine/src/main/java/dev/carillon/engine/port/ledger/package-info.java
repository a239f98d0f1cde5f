/** Ledgers of campaigns and recounts without them. */
@NullMarked
package dev.carillon.engine.port.ledger;

import org.jspecify.annotations.NullMarked;
