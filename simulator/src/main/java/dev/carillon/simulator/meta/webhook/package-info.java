/** Calling back: late, doubled, out of order, to whoever subscribed. */
@NullMarked
package dev.carillon.simulator.meta.webhook;

import org.jspecify.annotations.NullMarked;
