/** What Segment's libraries send. */
@NullMarked
package dev.carillon.engine.intake.segment;

import org.jspecify.annotations.NullMarked;
