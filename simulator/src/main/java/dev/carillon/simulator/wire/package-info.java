/**
 * What every simulated provider needs from HTTP and JSON: requests, answers, the listening socket.
 */
@NullMarked
package dev.carillon.simulator.wire;

import org.jspecify.annotations.NullMarked;
