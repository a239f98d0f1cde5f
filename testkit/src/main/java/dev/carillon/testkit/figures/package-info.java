/** Reported figures in memory. */
@NullMarked
package dev.carillon.testkit.figures;

import org.jspecify.annotations.NullMarked;
