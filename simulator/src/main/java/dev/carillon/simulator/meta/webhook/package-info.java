/** Calling back: late, doubled, out of order, to all who subscribed. */
@NullMarked
package dev.carillon.simulator.meta.webhook;

import org.jspecify.annotations.NullMarked;
