/** Figures that ad platforms report. */
@NullMarked
package dev.carillon.engine.port.figures;

import org.jspecify.annotations.NullMarked;
