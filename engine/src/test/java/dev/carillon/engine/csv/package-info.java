/** Tests of engine.csv. */
@NullMarked
package dev.carillon.engine.csv;

import org.jspecify.annotations.NullMarked;
