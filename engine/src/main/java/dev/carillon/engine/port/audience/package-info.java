/** Whom rules mean: counting, lists, saved segments, control groups. */
@NullMarked
package dev.carillon.engine.port.audience;

import org.jspecify.annotations.NullMarked;
