/** CSV files as spreadsheets and databases write them, read in one way for all who take them in. */
@NullMarked
package dev.carillon.engine.csv;

import org.jspecify.annotations.NullMarked;
