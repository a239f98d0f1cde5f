/** Importing people from CSV files. */
@NullMarked
package dev.carillon.engine.intake.csv;

import org.jspecify.annotations.NullMarked;
