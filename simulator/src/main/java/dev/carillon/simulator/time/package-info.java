/** The clock and timetable by which a simulation runs: stopped, wound on at will, or live. */
@NullMarked
package dev.carillon.simulator.time;

import org.jspecify.annotations.NullMarked;
