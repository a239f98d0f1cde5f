/** Intake: what sources send is read, checked and kept before the sender gets an answer. */
@NullMarked
package dev.carillon.engine.intake;

import org.jspecify.annotations.NullMarked;
