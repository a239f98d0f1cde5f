/** Figures that ad platforms report as totals: no sets of messages, and in no identity. */
@NullMarked
package dev.carillon.core.figure;

import org.jspecify.annotations.NullMarked;
