/** Which run of a campaign comes next, and when. */
@NullMarked
package dev.carillon.engine.schedule;

import org.jspecify.annotations.NullMarked;
