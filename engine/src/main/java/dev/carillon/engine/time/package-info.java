/** Clocks that can be waited on. */
@NullMarked
package dev.carillon.engine.time;

import org.jspecify.annotations.NullMarked;
