/** The providers as they behave on the wire, for tests and the demo. */
@NullMarked
package dev.carillon.simulator;

import org.jspecify.annotations.NullMarked;
