/** What follows from the result of a call, and keeping it. */
@NullMarked
package dev.carillon.engine.dispatch.outcome;

import org.jspecify.annotations.NullMarked;
