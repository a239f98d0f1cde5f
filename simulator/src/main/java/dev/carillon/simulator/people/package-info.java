/** The people behind the phone numbers, and lifelike users with their events; all drawn by seed. */
@NullMarked
package dev.carillon.simulator.people;

import org.jspecify.annotations.NullMarked;
