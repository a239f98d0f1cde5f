/** Killed, full, starved and attacked: what is there afterwards. */
@NullMarked
package dev.carillon.server.integration.resilience;

import org.jspecify.annotations.NullMarked;
