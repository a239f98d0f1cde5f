/** The record of what the simulated providers took in, which proves that nothing came twice. */
@NullMarked
package dev.carillon.simulator.received;

import org.jspecify.annotations.NullMarked;
