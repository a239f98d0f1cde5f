/** The way in: what sources send is read, checked and kept before anyone is told that it is. */
@NullMarked
package dev.carillon.engine.intake;

import org.jspecify.annotations.NullMarked;
